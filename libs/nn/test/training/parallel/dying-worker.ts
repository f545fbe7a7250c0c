// A worker thread that ends in the first task that it runs.

import { workerData } from 'node:worker_threads';
import { workerLoop } from '../../../src/training/parallel/step-barrier.ts';
import type { WorkerMessage } from '../../../src/training/parallel/worker-pool.ts';

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

/** Tasks of the first stage, as the calling thread counts them. */
const tasks = 2;

const { control, thread, ending } = workerData as WorkerMessage & { readonly ending: Ending };
workerLoop(control, [{ countTasks: () => tasks, runTask: endings[ending] }], thread);
