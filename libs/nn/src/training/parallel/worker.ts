// The entry point of a worker thread, which receives the memory of the steps as its worker data.

import { parentPort, workerData } from 'node:worker_threads';
import { attachKernels, rebindArrays } from '../../engine/kernels/attach.ts';
import { createStepStages } from './step.ts';
import { workerLoop } from './step-barrier.ts';
import type { WorkerMessage } from './worker-pool.ts';

const { handle, memory, control, thread } = workerData as WorkerMessage;
const stages = createStepStages(attachKernels(handle), rebindArrays(memory, handle), thread);
parentPort!.postMessage('ready');
workerLoop(control, stages, thread);
