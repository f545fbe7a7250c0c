import test from 'ava';
import type { Samples } from '../../src/data/samples.ts';
import { measure } from '../../src/evaluate/measure.ts';
import { loopKernels } from '../../src/kernels/loops.ts';
import type { Network } from '../../src/network/network.ts';
import { Random } from '../../src/random.ts';
import type { TrainingConfiguration } from '../../src/train/configuration.ts';
import type { TrainingEvent } from '../../src/train/events.ts';
import { type TrainingOptions, train } from '../../src/train/train.ts';

const configuration: TrainingConfiguration = {
  layerSizes: [23, 31, 19, 10],
  momentum: 0.9,
  phases: [
    { batchSize: 7, epochs: 3, learningRate: 0.05 },
    { batchSize: 3, epochs: 60, learningRate: 0.02 },
  ],
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

test('a network learns twenty examples by heart', async t => {
  const { network } = await collect(options);
  t.is(measure(network, options.training).accuracy, 1);
});

test('the same seed gives the same weights, another seed others', async t => {
  const [one, same, other] = await Promise.all([
    collect(options),
    collect(options),
    collect({ ...options, seed: 2 }),
  ]);
  t.deepEqual(weightsOf(one.network), weightsOf(same.network));
  t.notDeepEqual(weightsOf(one.network), weightsOf(other.network));
});

test('training tells of every phase, epoch and batch, in order, and ends with the network', async t => {
  const { events } = await collect({
    ...options,
    configuration: {
      ...configuration,
      phases: [
        { batchSize: 20, epochs: 1, learningRate: 0.1 },
        { batchSize: 13, epochs: 2, learningRate: 0.1 },
      ],
    },
  });
  t.deepEqual(
    events.map(event => event.type),
    [
      'phase',
      'batch',
      'epoch',
      'phase',
      'batch',
      'batch',
      'epoch',
      'batch',
      'batch',
      'epoch',
      'done',
    ],
  );
  t.like(events[5], { phase: 2, phases: 2, epoch: 1, epochs: 2, batch: 2, batches: 2, images: 7 });
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

test('a loss that is no number ends the training with training-diverged', async t => {
  const phases = [{ batchSize: 5, epochs: 9, learningRate: 1e12 }];
  const run = () => collect({ ...options, configuration: { ...configuration, phases } });
  await t.throwsAsync(run, { code: 'training-diverged', message: /lower learning rate/ });
});
