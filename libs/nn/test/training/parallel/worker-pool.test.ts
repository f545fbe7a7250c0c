// Threads that end by themselves, each in another way: the step ends with an error, never a hang.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import test from 'ava';
import type { Samples } from '../../../src/data/samples.ts';
import { sharedLoopKernels } from '../../../src/engine/kernels/loops.ts';
import type { TrainingConfiguration } from '../../../src/training/configuration.ts';
import { createSharedRun } from '../../../src/training/parallel/shared-run.ts';
import {
  createTeam,
  type Team,
  type ThreadMessage,
} from '../../../src/training/parallel/worker-pool.ts';
import { createTrainingState } from '../../../src/training/state.ts';
import type { Ending } from './dying-thread.ts';

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

const step = { first: 0, M, learningRate: 0.1, count: 1 };

function startDying(ending: Ending) {
  return (message: ThreadMessage) =>
    new Worker(new URL('./dying-thread.ts', import.meta.url), {
      workerData: { ...message, ending },
      resourceLimits: { maxOldGenerationSizeMb: 16 },
    });
}

/** Until the other thread is there, this one does all tasks. */
async function takeUntilLost(team: Team): Promise<never> {
  for (;;) {
    await team.take(step);
    await nextTurn();
  }
}

for (const [ending, message] of [
  ['exit', /ended with code 3/],
  ['throw', /failed with "broken"/],
  ['memory', /failed with .*memory/],
] as const) {
  test(`a step whose thread ends by ${ending} is thread-lost, and so is every one after it`, async t => {
    const state = createTrainingState(configuration, 1, sharedLoopKernels);
    const run = createSharedRun(state, configuration, samples, 2);
    const team = createTeam(run, startDying(ending));
    const lost = { code: 'thread-lost', message };
    await t.throwsAsync(takeUntilLost(team), lost);
    await t.throwsAsync(team.take(step), lost);
    await team.stop();
  });
}
