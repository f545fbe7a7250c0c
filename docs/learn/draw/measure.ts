// Measures what the figures of chapters 3 and 4 show, by training four small networks. The result is kept in
// figures/measured.json, so that drawing the figures takes no training.

import type { Samples } from '../../../libs/nn/src/data/samples.ts';
import type { DenseLayer } from '../../../libs/nn/src/engine/dense.ts';
import {
  type Calibration,
  measureCalibration,
} from '../../../libs/nn/src/evaluation/metrics/calibration.ts';
import { labelledPredictions } from '../../../libs/nn/src/evaluation/metrics/labelled-predictions.ts';
import {
  createLogitsOf,
  type LogitsOf,
  measure,
} from '../../../libs/nn/src/evaluation/metrics/measure.ts';
import { fitTemperature } from '../../../libs/nn/src/evaluation/metrics/temperature.ts';
import { scaledWeights, strongestNeurons } from '../../../libs/nn/src/inference/neuron.ts';
import {
  conversions,
  drawOutliers,
  drawStrangers,
  type SentDrawing,
  toSamples,
} from './strangers.ts';
import {
  type Digits,
  loadDigits,
  type TrainedNetwork,
  trainSmall,
  withSyntheticDigits,
} from './train-small.ts';

/** Everything that is measured; accuracies and fractions are 0…1. */
export interface Measurements {
  readonly training: TrainingCurve;
  /** on drawings, with more and more of the preprocessing */
  readonly steps: readonly { readonly name: string; readonly accuracy: number }[];
  readonly networks: readonly ComparedNetwork[];
  /** on drawings, before and after temperature scaling */
  readonly calibration: readonly Calibration[];
}

/** The training of examples/digit-classifier.ts. */
export interface TrainingCurve {
  /** mean loss of ten batches each, with the images seen until then */
  readonly losses: readonly { readonly images: number; readonly loss: number }[];
  readonly epochs: readonly { readonly phase: number; readonly accuracy: number }[];
  /** accuracy on the test images */
  readonly test: number;
  /** base64 of [784] signed bytes for the neurons of the first layer with the largest weights */
  readonly filters: readonly string[];
}

/** What a network reads of what MNIST has and of what it lacks. */
export interface ComparedNetwork {
  readonly name: string;
  readonly mnist: number;
  readonly drawings: number;
  /** ones with a straight flag */
  readonly flagged: number;
  readonly flaggedReadAsSeven: number;
  /** outliers with a lower confidence than 99 % of the digits */
  readonly outliersRefused: number;
}

/** Epochs of the second phase of the networks that are compared: augmented images need more than two. */
const epochs = 6;

export async function measureAll(): Promise<Measurements> {
  const digits = await loadDigits();
  const drawings = drawStrangers('validation');
  return {
    ...(await measureExample(digits, drawings)),
    ...(await measureNetworks(digits, drawings)),
  };
}

/** Measures the network of the example. */
export async function measureExample(
  digits: Digits,
  drawings: readonly SentDrawing[],
): Promise<Pick<Measurements, 'training' | 'steps'>> {
  const example = await trainSmall(digits.training, digits.validation);
  const logitsOf = createLogitsOf(example.network);
  return {
    training: describeTraining(example, digits),
    steps: conversions.map(conversion => {
      const samples = toSamples(drawings, conversion);
      return { name: conversion.name, accuracy: rounded(accuracyOf(logitsOf, samples)) };
    }),
  };
}

/** Measures networks that differ in what they are trained on. */
export async function measureNetworks(
  digits: Digits,
  drawings: readonly SentDrawing[],
): Promise<Pick<Measurements, 'networks' | 'calibration'>> {
  const { training, validation } = digits;
  const plain = await trainSmall(training, validation, { epochs });
  const augmented = await trainSmall(training, validation, { epochs, isAugmented: true });
  const more = withSyntheticDigits(training);
  const synthetic = await trainSmall(more, validation, { epochs, isAugmented: true });
  return {
    networks: [
      compare('MNIST', plain, digits, drawings),
      compare('MNIST, augmented', augmented, digits, drawings),
      compare('… with synthetic digits and outliers', synthetic, digits, drawings),
    ],
    calibration: calibrate(createLogitsOf(plain.network), drawings),
  };
}

function accuracyOf(logitsOf: LogitsOf, samples: Samples): number {
  return measure(logitsOf(samples), samples.labels).accuracy;
}

const batchesPerPoint = 10;
const shownFilters = 32;

function describeTraining(
  { network, epochs: history, losses, batchSizes }: TrainedNetwork,
  { test }: Digits,
): TrainingCurve {
  let images = 0;
  const points: { images: number; loss: number }[] = [];
  for (let i = 0; i < losses.length; i += batchesPerPoint) {
    const part = losses.slice(i, i + batchesPerPoint);
    for (const size of batchSizes.slice(i, i + batchesPerPoint)) images += size;
    points.push({ images, loss: rounded(part.reduce((sum, loss) => sum + loss, 0) / part.length) });
  }
  return {
    losses: points,
    epochs: history.map(({ phase, validation }) => ({ phase, accuracy: validation.accuracy })),
    test: accuracyOf(createLogitsOf(network), test),
    filters: filtersOf(network.layers[0]!),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}

function filtersOf(layer: DenseLayer): string[] {
  return strongestNeurons(layer, shownFilters).map(neuron => {
    const bytes = Int8Array.from(scaledWeights(layer, neuron), value => 127 * value);
    return Buffer.from(bytes).toString('base64');
  });
}

const one = 'one with a straight flag';

function compare(
  name: string,
  { network }: TrainedNetwork,
  { test, validation }: Digits,
  drawings: readonly SentDrawing[],
): ComparedNetwork {
  const logitsOf = createLogitsOf(network);
  const whole = conversions.at(-1)!;
  const flagged = toSamples(
    drawings.filter(({ family }) => family === one),
    whole,
  );
  const predictionsOf = (samples: Samples) =>
    labelledPredictions(logitsOf(samples), samples.labels, 1);
  const answers = predictionsOf(flagged);
  const confidences = predictionsOf(validation).map(({ confidence }) => confidence);
  const threshold = confidences.sort((a, b) => a - b)[Math.floor(validation.count / 100)]!;
  const outliers = predictionsOf(toSamples(drawOutliers(), whole));
  return {
    name,
    mnist: accuracyOf(logitsOf, test),
    drawings: rounded(accuracyOf(logitsOf, toSamples(drawings, whole))),
    flagged: fractionOf(answers, ({ predicted }) => predicted === 1),
    flaggedReadAsSeven: fractionOf(answers, ({ predicted }) => predicted === 7),
    outliersRefused: fractionOf(outliers, ({ confidence }) => confidence < threshold),
  };
}

function fractionOf<Value>(values: readonly Value[], holds: (value: Value) => boolean): number {
  return rounded(values.filter(holds).length / values.length);
}

/** The temperature is fitted on other drawings than those that are measured. */
function calibrate(logitsOf: LogitsOf, drawings: readonly SentDrawing[]): Calibration[] {
  const whole = conversions.at(-1)!;
  const others = toSamples(drawStrangers('training'), whole);
  const temperature = fitTemperature(logitsOf(others), others.labels);
  const samples = toSamples(drawings, whole);
  const logits = logitsOf(samples);
  return [1, temperature].map(divisor =>
    measureCalibration(labelledPredictions(logits, samples.labels, divisor), divisor),
  );
}
