// Worker threads that end unexpectedly: the step fails and never hangs.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import test from 'ava';
import type { Samples } from '../../../src/data/samples.ts';
import { sharedLoopKernels } from '../../../src/engine/kernels/loops.ts';
import type { TrainingConfiguration } from '../../../src/training/configuration.ts';
import { createStepMemory } from '../../../src/training/parallel/step-memory.ts';
import {
  createWorkerPool,
  type WorkerMessage,
  type WorkerPool,
} from '../../../src/training/parallel/worker-pool.ts';
import { createTrainingState } from '../../../src/training/state.ts';
import type { Ending } from './dying-worker.ts';

const M = 23;

const configuration: TrainingConfiguration = {
  layerSizes: [11, 37, 10],
  phases: [{ batchSize: M, epochs: 1, learningRate: 0.1, schedule: { type: 'constant' } }],
  optimizer: { type: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 },
  labelSmoothing: 0,
};

const samples: Samples = {
  count: M,
  size: 11,
  inputs: new Uint8Array(M * 11).fill(9),
  labels: new Uint8Array(M),
};

const step = { firstSample: 0, M, learningRate: 0.1, t: 1 };

function startDying(ending: Ending) {
  return (message: WorkerMessage) =>
    new Worker(new URL('./dying-worker.ts', import.meta.url), {
      workerData: { ...message, ending },
      resourceLimits: { maxOldGenerationSizeMb: 16 },
    });
}

/** Until the worker runs, the calling thread runs all tasks. */
async function runUntilLost(pool: WorkerPool): Promise<never> {
  for (;;) {
    await pool.runStep(step);
    await nextTurn();
  }
}

for (const [ending, message] of [
  ['exit', /ended with code 3/],
  ['throw', /failed with "broken"/],
  ['memory', /failed with .*memory/],
] as const) {
  test(`a step whose worker ends by ${ending} fails with thread-lost, and so does every later step`, async t => {
    const state = createTrainingState(configuration, 1, sharedLoopKernels);
    const memory = createStepMemory(state, { configuration, training: samples, threads: 2 });
    const pool = createWorkerPool(sharedLoopKernels, memory, startDying(ending));
    const lost = { code: 'thread-lost', message };
    await t.throwsAsync(runUntilLost(pool), lost);
    await t.throwsAsync(pool.runStep(step), lost);
    await pool.stop();
  });
}
