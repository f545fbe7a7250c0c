// Interrupted and resumed runs end with the same bytes; checkpoints of other runs are rejected.

import test from 'ava';
import type { Samples } from '../../src/data/samples.ts';
import type { Kernels } from '../../src/engine/kernels/kernels.ts';
import { loopKernels, sharedLoopKernels } from '../../src/engine/kernels/loops.ts';
import { createSharedWasmKernels, createWasmKernels } from '../../src/engine/kernels/wasm.ts';
import { createNetwork, parametersOf } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsContent,
} from '../../src/registry/safetensors.ts';
import type { TrainingConfiguration } from '../../src/training/configuration.ts';
import type { TrainingOptions } from '../../src/training/options.ts';
import { train } from '../../src/training/train.ts';

const memoryBytes = 1 << 24;

/** Every option whose state a checkpoint holds is on. */
const configuration: TrainingConfiguration = {
  layerSizes: [784, 11, 7, 10],
  phases: [
    { batchSize: 7, epochs: 2, learningRate: 0.01, schedule: { type: 'cosine', finalFraction: 0 } },
    { batchSize: 5, epochs: 1, learningRate: 0.005, schedule: { type: 'constant' } },
  ],
  optimizer: { type: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
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
  earlyStopping: { patience: 9 },
};

function randomSamples(count: number, seed: number): Samples {
  const random = new Random(seed);
  const inputs = Uint8Array.from({ length: count * 784 }, () => random.below(256));
  const labels = Uint8Array.from({ length: count }, () => random.below(10));
  return { count, size: 784, inputs, labels };
}

function optionsWith(changes: Partial<TrainingOptions> = {}): TrainingOptions {
  return {
    configuration,
    seed: 1,
    kernels: loopKernels,
    training: randomSamples(17, 1),
    validation: randomSamples(5, 2),
    ...changes,
  };
}

interface Outcome {
  /** of the finished run; absent if it was interrupted */
  readonly weights?: number[];
  /** the last one */
  readonly checkpoint?: Uint8Array;
}

/** Trains until the run is done, or interrupts it after some batches. */
async function trainFor(maxBatches: number, options: TrainingOptions): Promise<Outcome> {
  const controller = new AbortController();
  let batches = 0;
  let checkpoint = new Uint8Array();
  if (maxBatches === 0) controller.abort();
  try {
    for await (const event of train({ ...options, signal: controller.signal })) {
      if (event.type === 'batch' && ++batches === maxBatches) controller.abort();
      if (event.type === 'checkpoint') {
        checkpoint = Uint8Array.from(encodeSafetensors(event.content));
      }
      if (event.type === 'done') {
        return { weights: [...parametersOf(event.network).values()].flatMap(a => [...a]) };
      }
    }
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  }
  return { checkpoint };
}

async function weightsAfter(options: TrainingOptions): Promise<number[]> {
  const { weights } = await trainFor(Number.POSITIVE_INFINITY, options);
  return weights!;
}

const createRelaxed = () => createWasmKernels('relaxed', memoryBytes);
const expected = {
  loops: weightsAfter(optionsWith()),
  wasm: weightsAfter(optionsWith({ kernels: createRelaxed() })),
};

/** 17 samples in batches of 7, twice, and in batches of 5. */
const batchesInAll = 2 * 3 + 4;

interface Case {
  readonly name: string;
  readonly createKernels: () => Kernels;
  readonly expected: Promise<number[]>;
  readonly threads: number;
  /** batches from one interruption to the next */
  readonly stride: number;
}

const cases: Case[] = [
  {
    name: 'loops',
    createKernels: () => loopKernels,
    expected: expected.loops,
    threads: 1,
    stride: 1,
  },
  {
    name: 'wasm-relaxed',
    createKernels: createRelaxed,
    expected: expected.wasm,
    threads: 1,
    stride: 1,
  },
  {
    name: 'loops on two threads',
    createKernels: () => sharedLoopKernels,
    expected: expected.loops,
    threads: 2,
    stride: 4,
  },
  {
    name: 'wasm-relaxed on two threads',
    createKernels: () => createSharedWasmKernels('relaxed', memoryBytes),
    expected: expected.wasm,
    threads: 2,
    stride: 4,
  },
];

for (const { name, createKernels, expected, threads, stride } of cases) {
  test(`${name}: a run interrupted before it begins, then after every ${stride} batches, ends with the same bytes`, async t => {
    const options = () => optionsWith({ kernels: createKernels(), threads });
    let outcome = await trainFor(0, options());
    let interruptions = 0;
    while (outcome.checkpoint) {
      const resume = decodeSafetensors(outcome.checkpoint);
      outcome = await trainFor(stride, { ...options(), resume });
      interruptions++;
    }
    t.is(interruptions, Math.ceil(batchesInAll / stride));
    t.deepEqual(outcome.weights, await expected);
  });
}

/** Of a run that was interrupted after five batches. */
const interrupted = trainFor(5, optionsWith());

const mismatches: [title: string, changes: Partial<TrainingOptions>, message: RegExp][] = [
  ['another seed', { seed: 2 }, /its seed is 1, this run's is 2/],
  ['other data', { training: randomSamples(17, 3) }, /its data is/],
  [
    'a run without a teacher',
    { teachers: [createNetwork(loopKernels, new Random(1), [784, 10])] },
    /its teachers is/,
  ],
  ['other kernels', { kernels: createWasmKernels('plain', memoryBytes) }, /its kernels is/],
  [
    'another network',
    { configuration: { ...configuration, layerSizes: [784, 7, 11, 10] } },
    /its configuration is/,
  ],
];

for (const [title, changes, message] of mismatches) {
  test(`a checkpoint of ${title} is rejected with checkpoint-mismatch`, async t => {
    const resume = decodeSafetensors((await interrupted).checkpoint!);
    await t.throwsAsync(weightsAfter(optionsWith({ ...changes, resume })), {
      code: 'checkpoint-mismatch',
      message,
    });
  });
}

const corruptions: [title: string, change: (content: SafetensorsContent) => SafetensorsContent][] =
  [
    ['of another format', withMetadata({ format: 'digits-dense/1' })],
    ['without progress', withMetadata({ progress: '{' })],
    ['whose progress has a phase that is no number', withMetadata({ progress: '{"phase":"one"}' })],
    [
      'without one of the arrays',
      ({ metadata, tensors }) => ({ metadata, tensors: new Map([...tensors].slice(1)) }),
    ],
  ];

function withMetadata(changed: Record<string, string>) {
  return ({ metadata, tensors }: SafetensorsContent) => ({
    metadata: { ...metadata, ...changed },
    tensors,
  });
}

for (const [title, change] of corruptions) {
  test(`a checkpoint ${title} is rejected with checkpoint-corrupt`, async t => {
    const resume = change(decodeSafetensors((await interrupted).checkpoint!));
    await t.throwsAsync(weightsAfter(optionsWith({ resume })), { code: 'checkpoint-corrupt' });
  });
}
