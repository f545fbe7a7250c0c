// A run that is cut off anywhere and taken up again ends with the same bytes.

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

/** Everything that a checkpoint must remember is switched on. */
const configuration: TrainingConfiguration = {
  layerSizes: [784, 11, 7, 10],
  phases: [
    { batchSize: 7, epochs: 2, learningRate: 0.01, schedule: { type: 'cosine', finalFraction: 0 } },
    { batchSize: 5, epochs: 2, learningRate: 0.005, schedule: { type: 'constant' } },
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

/** The final weights; `visit` sees every event. */
async function weightsAfter(
  options: TrainingOptions,
  visit: (type: string, content: SafetensorsContent | null) => void = () => {},
): Promise<number[]> {
  for await (const event of train(options)) {
    visit(event.type, event.type === 'checkpoint' ? event.content : null);
    if (event.type === 'done')
      return [...parametersOf(event.network).values()].flatMap(a => [...a]);
  }
  throw new Error('no done event');
}

/** Runs until the given batch of the whole run, and returns the checkpoint that is left then. */
async function interruptAfter(batches: number, options: TrainingOptions): Promise<Uint8Array> {
  const controller = new AbortController();
  let left = batches;
  let saved = new Uint8Array();
  if (left === 0) controller.abort();
  await weightsAfter({ ...options, signal: controller.signal }, (type, content) => {
    if (type === 'batch' && --left === 0) controller.abort();
    if (content) saved = Uint8Array.from(encodeSafetensors(content));
  }).catch(() => {});
  return saved;
}

const batchesInAll = 2 * 3 + 2 * 4;

const ways: [name: string, createKernels: () => Kernels, threads: number][] = [
  ['loops', () => loopKernels, 1],
  ['wasm-relaxed', () => createWasmKernels('relaxed', 1 << 26), 1],
  ['loops, two threads', () => sharedLoopKernels, 2],
  ['wasm-relaxed, two threads', () => createSharedWasmKernels('relaxed', 1 << 26), 2],
];

for (const [name, createKernels, threads] of ways) {
  test(`${name}: interrupted after any batch and resumed, a run ends with the same bytes`, async t => {
    const expected = await weightsAfter(optionsWith({ kernels: createKernels() }));
    const stride = threads > 1 ? 5 : 1; // threads take their time to start
    for (let batches = 0; batches < batchesInAll; batches += stride) {
      const options = optionsWith({ kernels: createKernels(), threads });
      const saved = await interruptAfter(batches, options);
      const resume = decodeSafetensors(saved);
      const kernels = createKernels();
      t.deepEqual(
        await weightsAfter(optionsWith({ kernels, threads, resume })),
        expected,
        `after ${batches}`,
      );
    }
  });
}

const checkpoint = interruptAfter(5, optionsWith());

const mismatches: [title: string, changes: Partial<TrainingOptions>, message: RegExp][] = [
  ['another seed', { seed: 2 }, /its seed is 1, this run's is 2/],
  ['other data', { training: randomSamples(17, 3) }, /its data is/],
  [
    'a run without a teacher',
    { teachers: [createNetwork(loopKernels, new Random(1), [784, 10])] },
    /its teachers is/,
  ],
  ['other kernels', { kernels: createWasmKernels('plain', 1 << 26) }, /its kernels is/],
  [
    'another network',
    { configuration: { ...configuration, layerSizes: [784, 7, 11, 10] } },
    /its configuration is/,
  ],
];

for (const [title, changes, message] of mismatches) {
  test(`a checkpoint of ${title} is not taken up`, async t => {
    const resume = decodeSafetensors(await checkpoint);
    await t.throwsAsync(weightsAfter(optionsWith({ ...changes, resume })), {
      code: 'checkpoint-mismatch',
      message,
    });
  });
}

const lies: [title: string, change: (content: SafetensorsContent) => SafetensorsContent][] = [
  ['of another format', withMetadata({ format: 'digits-dense/1' })],
  ['without progress', withMetadata({ progress: '{' })],
  ['with progress of words', withMetadata({ progress: '{"phase":"one"}' })],
  [
    'that lacks an array',
    ({ metadata, tensors }) => ({ metadata, tensors: new Map([...tensors].slice(1)) }),
  ],
];

function withMetadata(changed: Record<string, string>) {
  return ({ metadata, tensors }: SafetensorsContent) => ({
    metadata: { ...metadata, ...changed },
    tensors,
  });
}

for (const [title, change] of lies) {
  test(`a checkpoint ${title} is refused`, async t => {
    const resume = change(decodeSafetensors(await checkpoint));
    await t.throwsAsync(weightsAfter(optionsWith({ resume })), { code: 'checkpoint-corrupt' });
  });
}
