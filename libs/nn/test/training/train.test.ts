// Training as a whole: what a run learns, what it yields, and how it ends.

import test from 'ava';
import { gatherBatch, type Samples, shuffledOrder } from '../../src/data/samples.ts';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createWasmKernels } from '../../src/engine/kernels/wasm.ts';
import { createNetwork, type Network } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import { trainStep } from '../../src/engine/readable.ts';
import { createLogitsOf, measure } from '../../src/evaluation/metrics/measure.ts';
import type { TrainingConfiguration } from '../../src/training/configuration.ts';
import type { TrainingEvent } from '../../src/training/events.ts';
import type { TrainingOptions } from '../../src/training/options.ts';
import { streams } from '../../src/training/state.ts';
import { train } from '../../src/training/train.ts';
import { readableBatchOf, readableCopyOf } from '../engine/readable-copy.ts';

const constant = { type: 'constant' } as const;

const configuration: TrainingConfiguration = {
  layerSizes: [23, 31, 19, 10],
  phases: [
    { batchSize: 7, epochs: 3, learningRate: 0.05, schedule: constant },
    { batchSize: 3, epochs: 60, learningRate: 0.02, schedule: constant },
  ],
  optimizer: { type: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 },
  labelSmoothing: 0,
};

function randomSamples(count: number): Samples {
  const random = new Random(5);
  const size = 23;
  return {
    count,
    size,
    inputs: Uint8Array.from({ length: count * size }, () => random.below(256)),
    labels: Uint8Array.from({ length: count }, () => random.below(10)),
  };
}

const options: TrainingOptions = {
  configuration,
  seed: 1,
  kernels: loopKernels,
  training: randomSamples(20),
  validation: randomSamples(5),
};

async function collect(chosen: TrainingOptions) {
  const events: TrainingEvent[] = [];
  let network: Network | undefined;
  for await (const event of train(chosen)) {
    if (event.type === 'done') network = event.network;
    events.push(event);
  }
  return { events, network: network! };
}

function weightsOf(network: Network): number[] {
  return network.layers.flatMap(({ weight, bias }) => [...weight, ...bias]);
}

/** Two trainings that several tests compare with. */
const plain = collect(options);
const withOtherSeed = collect({ ...options, seed: 2 });

test('a network learns to classify twenty samples', async t => {
  const { network } = await plain;
  const { training } = options;
  t.is(measure(createLogitsOf(network)(training), training.labels).accuracy, 1);
});

test('the same seed gives the same weights, another seed others', async t => {
  const same = await collect(options);
  const other = await withOtherSeed;
  const { network } = await plain;
  t.deepEqual(weightsOf(network), weightsOf(same.network));
  t.notDeepEqual(weightsOf(network), weightsOf(other.network));
});

/** Weights lie between −1 and 1; a rounding of float32 is 6e-8, and the differences of the steps add up. */
const tolerance = 1e-5;

for (const kernels of [
  loopKernels,
  createWasmKernels('plain', 1 << 24),
  createWasmKernels('relaxed', 1 << 24),
]) {
  test(`${kernels.name}: training takes the same steps as the readable network`, async t => {
    const plain: TrainingConfiguration = {
      ...configuration,
      phases: [{ batchSize: 7, epochs: 5, learningRate: 0.05, schedule: constant }],
      optimizer: { type: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 },
    };
    const { events, network } = await collect({ ...options, configuration: plain, kernels });
    const losses = events.flatMap(event => (event.type === 'batch' ? event.loss : []));

    const { seed, training } = options;
    const initial = createNetwork(loopKernels, new Random(seed, streams.weights), plain.layerSizes);
    const layers = readableCopyOf(initial);
    for (let epoch = 0; epoch < 5; epoch++) {
      const order = shuffledOrder(20, new Random(seed, streams.order, epoch));
      for (let start = 0; start < 20; start += 7) {
        const chosen = order.subarray(start, start + 7);
        const input = new Float32Array(chosen.length * 23);
        const labels = new Uint8Array(chosen.length);
        gatherBatch(training, chosen, input, labels);
        const loss = trainStep(layers, readableBatchOf(input, labels, 10), 0.05);
        t.true(Math.abs(loss - losses.shift()!) < tolerance);
      }
    }
    const expected = layers.flatMap(({ weight, bias }) => [...weight, ...bias]);
    const errors = weightsOf(network).map((weight, i) => Math.abs(weight - expected[i]!));
    t.true(Math.max(...errors) < tolerance, `${Math.max(...errors)}`);
    t.is(errors.length, expected.length);
  });
}

test('training yields every phase, batch and epoch in order, and ends with done', async t => {
  const { events } = await collect({
    ...options,
    configuration: {
      ...configuration,
      phases: [
        { batchSize: 20, epochs: 1, learningRate: 0.1, schedule: constant },
        { batchSize: 13, epochs: 2, learningRate: 0.1, schedule: constant },
      ],
    },
  });
  t.deepEqual(
    events.map(event => event.type),
    [
      ...['phase', 'batch', 'epoch', 'validation', 'checkpoint'],
      ...['phase', 'batch', 'batch', 'epoch', 'validation', 'checkpoint'],
      ...['batch', 'batch', 'epoch', 'validation', 'checkpoint'],
      'done',
    ],
  );
  t.like(events[7], { phase: 2, phases: 2, epoch: 1, epochs: 2, batch: 2, batches: 2, images: 7 });
});

test('the network can be had before every step and changes no weight', async t => {
  const averaged = { ...configuration, phases: [{ ...configuration.phases[0]!, epochs: 2 }] };
  const chosen = { ...options, configuration: { ...averaged, averaging: { decay: 0.9 } } };
  const asked: number[] = [];
  const seen: number[][] = [];
  for await (const event of train({
    ...chosen,
    wantsNetwork: step => asked.push(step) > 0 && step !== 3,
  })) {
    if (event.type === 'network') seen[event.step] = weightsOf(event.network);
  }
  t.deepEqual(asked, [0, 1, 2, 3, 4, 5, 6]);
  t.deepEqual(Object.keys(seen), ['0', '1', '2', '4', '5', '6']);
  const initial = createNetwork(loopKernels, new Random(1, streams.weights), [23, 31, 19, 10]);
  t.deepEqual(seen[0], weightsOf(initial));
  t.deepEqual(seen[6], weightsOf((await collect(chosen)).network));
});

test('the logits of every epoch are those of its validation', async t => {
  const { events } = await plain;
  const { labels } = options.validation;
  const epochs = events.filter(event => event.type === 'epoch');
  const logits = events.filter(event => event.type === 'validation');
  t.deepEqual(
    logits.map(event => measure(event.logits, labels)),
    epochs.map(({ validation }) => validation),
  );
});

test('an aborted signal ends the training with its reason', async t => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const run = async () => {
    for await (const event of train({ ...options, signal: controller.signal })) {
      if (event.type === 'epoch') controller.abort(reason);
      t.not(event.type, 'done');
    }
  };
  t.is(await t.throwsAsync(run), reason);
});

test('a loss that is not a number ends the training with training-diverged', async t => {
  const phases = [{ batchSize: 5, epochs: 9, learningRate: 1e12, schedule: constant }];
  const run = () => collect({ ...options, configuration: { ...configuration, phases } });
  await t.throwsAsync(run, { code: 'training-diverged', message: /learning rate lower than/ });
});

test('early stopping ends the training and restores the best weights', async t => {
  const patient = { ...configuration, earlyStopping: { patience: 2 } };
  const { events } = await collect({ ...options, configuration: patient });
  const epochs = events.filter(event => event.type === 'epoch');
  const accuracies = epochs.map(({ validation }) => validation.accuracy);
  const best = accuracies.indexOf(Math.max(...accuracies));
  t.is(epochs.length, best + 3, `${accuracies}`);
  const done = events.at(-1)!;
  t.like(done, { type: 'done', validation: { accuracy: accuracies[best] } });
});

test('averaging gives the moving average of the weights', async t => {
  const averaged = { ...configuration, averaging: { decay: 0.999 } };
  const last = weightsOf((await plain).network);
  const average = weightsOf((await collect({ ...options, configuration: averaged })).network);
  t.notDeepEqual(average, last);
  t.true(Math.hypot(...average) < Math.hypot(...last));
});

test('a training with an initial network starts from its weights and does not change them', async t => {
  const { network } = await plain;
  const before = weightsOf(network);
  const phases = [{ batchSize: 7, epochs: 1, learningRate: 0, schedule: constant }];
  const still = { ...options, seed: 2, configuration: { ...configuration, phases } };
  const { network: result } = await collect({ ...still, initial: network });
  t.deepEqual(weightsOf(result), before);
  t.deepEqual(weightsOf(network), before);
});

test('a checkpoint is rejected by a training with another initial network', async t => {
  const [one, other] = await Promise.all([plain, withOtherSeed]);
  const phases = [{ batchSize: 7, epochs: 2, learningRate: 0.05, schedule: constant }];
  const short = { ...options, configuration: { ...configuration, phases } };
  const { events } = await collect({ ...short, initial: one.network });
  const resume = events.find(event => event.type === 'checkpoint')!.content;
  await t.notThrowsAsync(collect({ ...short, initial: one.network, resume }));
  for (const initial of [other.network, undefined]) {
    await t.throwsAsync(collect({ ...short, initial, resume }), {
      code: 'checkpoint-mismatch',
      message: /its initial is/,
    });
  }
});

test('training on floats takes the same steps as on the same ink', async t => {
  const floatsOf = ({ inputs, ...samples }: Samples) => ({
    ...samples,
    inputs: Float32Array.from(inputs, ink => ink / 255),
  });
  const { training, validation } = { training: randomSamples(20), validation: randomSamples(5) };
  const floats = { training: floatsOf(training), validation: floatsOf(validation) };
  const { network } = await collect({ ...options, ...floats });
  t.deepEqual(weightsOf(network), weightsOf((await plain).network));
  const augmentation = { rotation: 5, scale: 0, shear: 0, shift: 0, elastic: null, thickness: 0 };
  const augmented = { ...options, ...floats, configuration: { ...configuration, augmentation } };
  await t.throwsAsync(collect(augmented), { code: 'invalid-options' });
});
