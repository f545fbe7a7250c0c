// A trainer that reports epoch 3 of 2.

import { print } from './record-call.ts';

print({ type: 'batch', phase: 1, phases: 1, epoch: 3, epochs: 2, batch: 1, batches: 1 });
setInterval(() => {}, 1000);
