// A trainer that ignores SIGTERM.

import { print } from './record-call.ts';

process.on('SIGTERM', () => {});
print({ type: 'batch', phase: 1, phases: 1, epoch: 1, epochs: 1, batch: 1, batches: 2 });
setInterval(() => {}, 1000);
