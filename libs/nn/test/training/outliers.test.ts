// Outlier exposure: the target of an outlier is the uniform distribution.

import test from 'ava';
import { outlierLabel, type Samples } from '../../src/data/samples.ts';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { paddedColumns } from '../../src/engine/kernels/panels.ts';
import type { Network } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import { softmax } from '../../src/engine/softmax.ts';
import { createLogitsOf, measure } from '../../src/evaluation/metrics/measure.ts';
import type { TrainingConfiguration } from '../../src/training/configuration.ts';
import { createStepStages } from '../../src/training/parallel/step.ts';
import { createStepMemory } from '../../src/training/parallel/step-memory.ts';
import { createTrainingState } from '../../src/training/state.ts';
import { train } from '../../src/training/train.ts';

const size = 23;
const N = 7;
const count = 41;
const learningRate = 0.05;

const configuration: TrainingConfiguration = {
  layerSizes: [size, 31, N],
  phases: [{ batchSize: 11, epochs: 60, learningRate, schedule: { type: 'constant' } }],
  optimizer: { type: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 },
  labelSmoothing: 0.1,
};

/** Every third sample has a label of its own kind. */
function samplesWith(labelOfThird: (random: Random) => number): Samples {
  const random = new Random(9);
  const inputs = Uint8Array.from({ length: count * size }, () => random.below(256));
  const labels = Uint8Array.from({ length: count }, (_, i) =>
    i % 3 === 2 ? labelOfThird(random) : random.below(N),
  );
  return { count, size, inputs, labels };
}

const samples = samplesWith(() => outlierLabel);
const isDigit = (_: unknown, i: number) => samples.labels[i] !== outlierLabel;

async function trainOn(training: Samples): Promise<Network> {
  const validation = { ...training, labels: training.labels.map(label => label % N) };
  const events = train({ configuration, seed: 1, kernels: loopKernels, training, validation });
  for await (const event of events) if (event.type === 'done') return event.network;
  throw new Error('the training did not end');
}

/** The probability of each sample's predicted class. */
function confidencesOf(network: Network): number[] {
  const logits = createLogitsOf(network)(samples);
  return Array.from({ length: count }, (_, i) =>
    Math.max(...softmax(logits.subarray(i * N, (i + 1) * N), 1)),
  );
}

test('the target of an outlier is uniform, that of other samples is smoothed as configured', t => {
  const state = createTrainingState(configuration, 1, loopKernels);
  const memory = createStepMemory(state, { configuration, training: samples });
  const M = 11;
  memory.source.order.set(Uint32Array.from({ length: count }, (_, i) => i));
  const step = { firstSample: 0, M, learningRate, t: 1 };
  for (const stage of createStepStages(loopKernels, memory, 0)) {
    for (let task = 0; task < stage.countTasks(step); task++) stage.runTask(step, task);
  }

  const { logits, dLogits, losses } = memory.batch;
  const stride = paddedColumns(N);
  for (let m = 0; m < M; m++) {
    const label = samples.labels[m]!;
    const smoothing = label === outlierLabel ? 1 : configuration.labelSmoothing;
    const probabilities = softmax(logits.subarray(m * stride, m * stride + N), 1);
    let loss = 0;
    for (const [n, probability] of probabilities.entries()) {
      const target = smoothing / N + (n === label ? 1 - smoothing : 0);
      loss -= target * Math.log(probability);
      const gradient = (probability - target) / M;
      t.true(Math.abs(dLogits[m * stride + n]! - gradient) < 1e-6, `row ${m}, class ${n}`);
    }
    t.true(Math.abs(losses[m]! - loss) < 1e-5, `row ${m}`);
  }
});

test('outlier exposure lowers the confidence for outliers, not for digits', async t => {
  const confidences = confidencesOf(await trainOn(samples));
  const highest = Math.max(...confidences.filter((_, i) => !isDigit(_, i)));
  const lowest = Math.min(...confidences.filter(isDigit));
  t.true(highest < 0.4, `outliers: at most ${highest}`);
  t.true(lowest > 0.6, `digits: at least ${lowest}`);
});

test('without outlier exposure the confidence for the same images is high', async t => {
  const misled = samplesWith(random => random.below(N));
  const network = await trainOn(misled);
  t.is(measure(createLogitsOf(network)(misled), misled.labels).accuracy, 1);
  const confidences = confidencesOf(network).filter((_, i) => !isDigit(_, i));
  t.true(Math.min(...confidences) > 0.6, `${Math.min(...confidences)}`);
});
