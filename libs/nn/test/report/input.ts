// A small run to report on: three classes, pictures of 7 × 7.
import { evaluateLogits } from '../../src/evaluate/evaluation.ts';
import type { ReportInput } from '../../src/report/report.ts';
import type { EpochEvent } from '../../src/train/events.ts';

const logits = Float32Array.of(9, 1, 0, 0, 2, 1, 5, 1, 0, 1, 0, 3, 2, 0, 1);
const labels = Uint8Array.of(0, 1, 2, 2, 0);

export const evaluation = evaluateLogits(logits, labels, {
  temperature: 1.5,
  classes: ['shirt', 'shoe', 'bag'],
});

const history = [1, 2, 3].map(
  (epoch): EpochEvent => ({
    type: 'epoch',
    phase: epoch < 3 ? 1 : 2,
    phases: 2,
    epoch: epoch < 3 ? epoch : 1,
    epochs: epoch < 3 ? 2 : 1,
    loss: 1 / epoch,
    learningRate: 0.1 / epoch,
    validation: { count: 5, correct: 4, accuracy: 0.8, loss: 0.5 },
  }),
);

export const input: ReportInput = {
  title: 'tiny-1-0123abcd',
  description: { Model: { layers: '49-5-3' }, Training: { seed: '1' } },
  history,
  evaluations: [
    { name: 'test images', evaluation },
    { name: 'validation images', evaluation },
  ],
  firstLayer: {
    weight: Float32Array.from({ length: 49 * 5 }, (_, i) => Math.sin(i)),
    inputs: 49,
    outputs: 5,
  },
  mistakes: [
    {
      index: 2,
      said: 0,
      right: 2,
      confidence: 0.875,
      pixels: Uint8Array.from({ length: 49 }, (_, i) => 5 * i),
    },
  ],
};
