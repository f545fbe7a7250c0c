// Training on several threads gives the same bytes as on one, and ends with an error when a thread dies.

import type { Worker } from 'node:worker_threads';
import test from 'ava';
import { outlierLabel, type Samples } from '../../../src/data/samples.ts';
import type { Kernels } from '../../../src/engine/kernels/kernels.ts';
import { loopKernels, sharedLoopKernels } from '../../../src/engine/kernels/loops.ts';
import { createSharedWasmKernels, createWasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { createNetwork, parametersOf } from '../../../src/engine/network.ts';
import { Random } from '../../../src/engine/random.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../src/registry/safetensors.ts';
import type { TrainingConfiguration } from '../../../src/training/configuration.ts';
import type { TrainingOptions } from '../../../src/training/options.ts';
import { train } from '../../../src/training/train.ts';

const memoryBytes = 1 << 24;

const adamw = {
  type: 'adamw',
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
} as const;
const sgd = { type: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.001 } as const;

/** Every use of random numbers is on; the first batches have six tasks of rows, the last of each two. */
const configuration: TrainingConfiguration = {
  layerSizes: [784, 67, 37, 10],
  phases: [
    { batchSize: 83, epochs: 1, learningRate: 0.01, schedule: { type: 'constant' } },
    { batchSize: 23, epochs: 1, learningRate: 0.01, schedule: { type: 'constant' } },
  ],
  optimizer: adamw,
  labelSmoothing: 0.1,
  augmentation: {
    rotation: 10,
    scale: 0.1,
    shear: 0.1,
    shift: 1,
    elastic: { sigma: 1, alpha: 30 },
    thickness: 0.3,
  },
  averaging: { decay: 0.9 },
};

function randomSamples(count: number, seed: number): Samples {
  const random = new Random(seed);
  const inputs = Uint8Array.from({ length: count * 784 }, () =>
    random.uniform() < 0.7 ? 0 : random.below(256),
  );
  const labels = Uint8Array.from({ length: count }, () => random.below(10));
  return { count, size: 784, inputs, labels };
}

/** Every seventh sample is an outlier. */
function withOutliers(samples: Samples): Samples {
  return {
    ...samples,
    labels: samples.labels.map((label, i) => (i % 7 === 0 ? outlierLabel : label)),
  };
}

function optionsWith(changes: Partial<TrainingOptions> = {}): TrainingOptions {
  return {
    configuration,
    seed: 1,
    kernels: loopKernels,
    training: withOutliers(randomSamples(106, 1)),
    validation: randomSamples(5, 2),
    ...changes,
  };
}

/** The teacher is deeper than the student. */
function distilledWith(changed: TrainingConfiguration, kernels: Kernels): TrainingOptions {
  const teachers = [createNetwork(kernels, new Random(6), [784, 70, 41, 33, 10])];
  return optionsWith({ configuration: changed, kernels, teachers });
}

/** The loss of every batch, and the final weights. */
async function outcomeOf(options: TrainingOptions): Promise<number[]> {
  const numbers: number[] = [];
  for await (const event of train(options)) {
    if (event.type === 'batch') numbers.push(event.loss);
    if (event.type === 'done') {
      for (const values of parametersOf(event.network).values()) numbers.push(...values);
    }
  }
  return numbers;
}

const createShared = () => createSharedWasmKernels('relaxed', memoryBytes);

type Optimizer = TrainingConfiguration['optimizer'];

const cases: [name: string, alone: () => Kernels, shared: () => Kernels, optimizer: Optimizer][] = [
  ['loops', () => loopKernels, () => sharedLoopKernels, adamw],
  [
    'plain',
    () => createWasmKernels('plain', memoryBytes),
    () => createSharedWasmKernels('plain', memoryBytes),
    sgd,
  ],
  ['relaxed', () => createWasmKernels('relaxed', memoryBytes), createShared, adamw],
  ['relaxed', () => createWasmKernels('relaxed', memoryBytes), createShared, sgd],
];

for (const [name, alone, shared, optimizer] of cases) {
  test(`${name}: one, two and three threads train the same bytes with ${optimizer.type}`, async t => {
    const changed = { ...configuration, optimizer };
    const expected = await outcomeOf(distilledWith(changed, alone()));
    for (const threads of [2, 3]) {
      // Asking for the network between steps must not change a bit.
      const wantsNetwork = () => threads === 3;
      const options = { ...distilledWith(changed, shared()), threads, wantsNetwork };
      t.deepEqual(await outcomeOf(options), expected, `${threads} threads`);
    }
  });
}

interface LostRun {
  readonly error: unknown;
  /** the last checkpoint */
  readonly saved: Uint8Array;
  readonly workers: readonly Worker[];
}

/** Trains on three threads, and terminates one of them after some batches. */
async function trainAndTerminate(maxBatches: number): Promise<LostRun> {
  const workers: Worker[] = [];
  const remember = (worker: Worker) => workers.push(worker);
  process.on('worker', remember);
  let batches = 0;
  let saved = new Uint8Array();
  let error: unknown;
  try {
    for await (const event of train(optionsWith({ kernels: createShared(), threads: 3 }))) {
      if (event.type === 'checkpoint') saved = Uint8Array.from(encodeSafetensors(event.content));
      if (event.type === 'batch' && ++batches === maxBatches) await workers[0]!.terminate();
    }
  } catch (thrown) {
    error = thrown;
  } finally {
    process.off('worker', remember);
  }
  return { error, saved, workers };
}

for (const maxBatches of [1, 5]) {
  const title = `a thread that dies after ${maxBatches} batches ends the run, which can be resumed`;
  test.serial(title, async t => {
    const { error, saved, workers } = await trainAndTerminate(maxBatches);
    t.like(error, { name: 'NnError', code: 'thread-lost' });
    t.true(workers.every(({ threadId }) => threadId === -1));
    const weights = async (changes: Partial<TrainingOptions>) =>
      (await outcomeOf(optionsWith({ kernels: createShared(), ...changes }))).slice(-3000);
    t.deepEqual(await weights({ threads: 2, resume: decodeSafetensors(saved) }), await weights({}));
  });
}

test.serial('a run that is not finished terminates its threads', async t => {
  const workers: Worker[] = [];
  const remember = (worker: Worker) => workers.push(worker);
  process.on('worker', remember);
  for await (const event of train(optionsWith({ kernels: sharedLoopKernels, threads: 2 }))) {
    if (event.type === 'batch') break;
  }
  process.off('worker', remember);
  t.is(workers.length, 1);
  t.is(workers[0]!.threadId, -1);
});

test('several threads without shared kernels are rejected with invalid-options', async t => {
  await t.throwsAsync(outcomeOf(optionsWith({ threads: 2 })), { code: 'invalid-options' });
});
