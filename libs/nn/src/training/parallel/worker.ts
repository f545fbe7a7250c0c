// What a thread of a training runs besides the main one: it is given the whole run in a message.

import { parentPort, workerData } from 'node:worker_threads';
import { attachKernels, rebindArrays } from '../../engine/kernels/attach.ts';
import { followSteps } from './step-barrier.ts';
import { createStepWork } from './step-stages.ts';
import type { ThreadMessage } from './worker-pool.ts';

const { share, run, control, thread } = workerData as ThreadMessage;
const kernels = attachKernels(share);
const work = createStepWork({ ...rebindArrays(run, share), kernels }, thread);
parentPort!.postMessage('ready');
followSteps(control, work, thread);
