// A trainer that learns seven corrections in two epochs and suspects one of their labels.

import { answerDryRun, corrections, print, recordCall } from './record-call.ts';

answerDryRun();
recordCall('train');
print({ type: 'synthesis', step: 'images', done: 0, of: null });
print(corrections);
print({ type: 'phase', phase: 1, phases: 1, epochs: 2 });
for (const epoch of [1, 2]) {
  const position = { phase: 1, phases: 1, epoch, epochs: 2 };
  print({ type: 'batch', ...position, batch: 1, batches: 2, images: 11, loss: 0.5 });
  print({ type: 'batch', ...position, batch: 2, batches: 2, images: 11, loss: 0.4 });
  print({ type: 'epoch', ...position, loss: 0.45, validation: { count: 5, correct: 5 } });
}
print({
  type: 'done',
  model: { version: 'fine-tune-1-0a1b2c3d', path: 'fine-tune-1-0a1b2c3d/model.safetensors' },
  isChampion: false,
});
