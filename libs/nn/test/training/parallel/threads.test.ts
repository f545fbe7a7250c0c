// Training on several threads: the same bytes on any number of them, and an end when one dies.

import type { Worker } from 'node:worker_threads';
import test from 'ava';
import { outlierLabel, type Samples } from '../../../src/data/samples.ts';
import type { Kernels } from '../../../src/engine/kernels/kernels.ts';
import { loopKernels, sharedLoopKernels } from '../../../src/engine/kernels/loops.ts';
import { createSharedWasmKernels, createWasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { wasmVariants } from '../../../src/engine/kernels/wasm-module.ts';
import { createNetwork, parametersOf } from '../../../src/engine/network.ts';
import { Random } from '../../../src/engine/random.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../src/registry/safetensors.ts';
import type { TrainingConfiguration } from '../../../src/training/configuration.ts';
import type { TrainingEvent } from '../../../src/training/events.ts';
import type { TrainingOptions } from '../../../src/training/options.ts';
import { train } from '../../../src/training/train.ts';

const memoryBytes = 1 << 26;

/** Everything that draws random numbers is switched on; batches are larger than two tasks. */
const configuration: TrainingConfiguration = {
  layerSizes: [784, 67, 37, 10],
  phases: [
    { batchSize: 83, epochs: 1, learningRate: 0.01, schedule: { type: 'constant' } },
    { batchSize: 23, epochs: 1, learningRate: 0.01, schedule: { type: 'constant' } },
  ],
  optimizer: { type: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
  labelSmoothing: 0.1,
  augmentation: {
    rotation: 10,
    scale: 0.1,
    shear: 0.1,
    shift: 1,
    elastic: { sigma: 4, alpha: 30 },
    thickness: 0.3,
  },
  averaging: { decay: 0.9 },
};

const sgd = { type: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.001 } as const;

function randomSamples(count: number, seed: number): Samples {
  const random = new Random(seed);
  const inputs = Uint8Array.from({ length: count * 784 }, () =>
    random.uniform() < 0.7 ? 0 : random.below(256),
  );
  const labels = Uint8Array.from({ length: count }, () => random.below(10));
  return { count, size: 784, inputs, labels };
}

/** Every seventh picture shows no digit. */
function withNoDigits(samples: Samples): Samples {
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
    training: withNoDigits(randomSamples(180, 1)),
    validation: randomSamples(5, 2),
    ...changes,
  };
}

/** By a network that is deeper than the one that learns. */
function taughtWith(changed: TrainingConfiguration, kernels: Kernels): TrainingOptions {
  const teachers = [createNetwork(kernels, new Random(6), [784, 70, 41, 33, 10])];
  return optionsWith({ configuration: changed, kernels, teachers });
}

/** The losses on the way, and the final weights. */
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

const backends: [name: string, alone: () => Kernels, shared: () => Kernels][] = [
  ['loops', () => loopKernels, () => sharedLoopKernels],
  ...wasmVariants.map(
    variant =>
      [
        variant,
        () => createWasmKernels(variant, memoryBytes),
        () => createSharedWasmKernels(variant, memoryBytes),
      ] as [string, () => Kernels, () => Kernels],
  ),
];

for (const [name, alone, shared] of backends) {
  for (const optimizer of [configuration.optimizer, sgd]) {
    test(`${name}: one, two and three threads train the same bytes with ${optimizer.type}`, async t => {
      const changed = { ...configuration, optimizer };
      const expected = await outcomeOf(taughtWith(changed, alone()));
      for (const threads of [1, 2, 3]) {
        const options = { ...taughtWith(changed, shared()), threads };
        t.deepEqual(await outcomeOf(options), expected, `${threads} threads`);
      }
    });
  }
}

/** Trains on three threads, and does something to one of them after some batches. */
async function trainAndLose(afterBatches: number, lose: (worker: Worker) => Promise<unknown>) {
  const workers: Worker[] = [];
  const remember = (worker: Worker) => workers.push(worker);
  process.on('worker', remember);
  const events: TrainingEvent[] = [];
  let saved = new Uint8Array();
  let error: unknown;
  try {
    for await (const event of train(
      optionsWith({ kernels: createSharedWasmKernels('relaxed', memoryBytes), threads: 3 }),
    )) {
      events.push(event);
      if (event.type === 'checkpoint') saved = Uint8Array.from(encodeSafetensors(event.content));
      if (events.filter(({ type }) => type === 'batch').length === afterBatches) {
        await lose(workers[0]!);
        afterBatches = -1;
      }
    }
  } catch (thrown) {
    error = thrown;
  } finally {
    process.off('worker', remember);
  }
  return { error, saved, workers };
}

for (const afterBatches of [1, 5]) {
  test.serial(
    `a thread that dies after ${afterBatches} batches ends the run, which can be taken up again`,
    async t => {
      const { error, saved, workers } = await trainAndLose(afterBatches, worker =>
        worker.terminate(),
      );
      t.like(error, { name: 'NnError', code: 'thread-lost' });
      t.true(workers.every(({ threadId }) => threadId === -1));
      const kernels = () => createSharedWasmKernels('relaxed', memoryBytes);
      const weights = async (options: TrainingOptions) => (await outcomeOf(options)).slice(-3000);
      t.deepEqual(
        await weights(
          optionsWith({ kernels: kernels(), threads: 2, resume: decodeSafetensors(saved) }),
        ),
        await weights(optionsWith({ kernels: kernels() })),
      );
    },
  );
}

test.serial('a run that is left early ends its threads', async t => {
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

test('several threads want kernels whose arrays are shared', async t => {
  await t.throwsAsync(outcomeOf(optionsWith({ threads: 2 })), { code: 'invalid-options' });
});
