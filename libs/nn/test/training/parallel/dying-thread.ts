// A thread of a training that ends in the first task that it comes to.

import { workerData } from 'node:worker_threads';
import { followSteps } from '../../../src/training/parallel/step-barrier.ts';
import type { ThreadMessage } from '../../../src/training/parallel/worker-pool.ts';

const endings = {
  exit: () => process.exit(3),
  throw: () => {
    throw new Error('broken');
  },
  memory: () => {
    const hoard: number[][] = [];
    for (;;) hoard.push(Array.from({ length: 10_000 }, Math.random));
  },
};

export type Ending = keyof typeof endings;

/** Of the first stage, as the thread that lives counts them. */
const tasks = 2;

const { control, thread, ending } = workerData as ThreadMessage & { readonly ending: Ending };
followSteps(control, [{ countOf: () => tasks, run: endings[ending] }], thread);
