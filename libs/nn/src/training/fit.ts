// Training in one call, with defaults for everything but the samples. train.ts has all the choices.

import { rm } from 'node:fs/promises';
import { splitSamples } from '../data/labelled-rows.ts';
import { type InputValues, outlierLabel, type Samples } from '../data/samples.ts';
import { chooseKernels } from '../engine/kernels/choose.ts';
import type { OptimizerOptions } from '../engine/optimizer.ts';
import { NnError } from '../errors.ts';
import type { Measurement } from '../evaluation/metrics/measure.ts';
import { createModel, type Model } from '../inference/model.ts';
import { noPreprocessing } from '../preprocess/preprocess.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';
import type { EpochEvent } from './events.ts';
import type { TrainingOptions } from './options.ts';
import { train } from './train.ts';

/** What `fit` does differently from its defaults. */
export interface FitOptions {
  /** outputs of each hidden layer: [64] by default, [] for a linear classifier */
  readonly hidden?: readonly number[] | undefined;
  /** number of classes; by default the highest label plus one */
  readonly classes?: number | undefined;
  /** passes over the samples; 30 by default */
  readonly epochs?: number | undefined;
  /** samples in a step; 32 by default */
  readonly batchSize?: number | undefined;
  /** of the first step, from which it falls to 0 along half a cosine; 0.003 by default, which suits AdamW */
  readonly learningRate?: number | undefined;
  /** AdamW with its usual constants by default */
  readonly optimizer?: OptimizerOptions | undefined;
  /**
   * Samples that are not trained on, to measure the network after every epoch; or the fraction of the
   * training samples to take for it, at random: 0.1 by default. Where that fraction is not one whole sample, all
   * are trained on, and are measured.
   */
  readonly validation?: Samples<InputValues> | number | undefined;
  /** determines the initial weights, the order of the samples and the split: 0 … 2³² − 1; 1 by default */
  readonly seed?: number | undefined;
  /**
   * Threads, this one included; 1 by default. The result does not depend on it. Several are faster for networks of
   * some 100,000 weights or more.
   */
  readonly threads?: number | undefined;
  /**
   * Path of a file for the state of the training, written after every epoch and when `signal` is aborted. A
   * training that finds the file resumes from it, and ends with the weights of an uninterrupted one; at its
   * end it removes the file.
   */
  readonly checkpoint?: string | undefined;
  /** ends the training when aborted, by rejecting with the signal's reason */
  readonly signal?: AbortSignal | undefined;
  /** called after every epoch, for progress */
  readonly onEpoch?: ((event: EpochEvent) => void) | undefined;
  /** what the samples were preprocessed with, for the model file; 'none' by default */
  readonly preprocessing?: string | undefined;
}

/** The result of `fit`. */
export interface Fitted {
  readonly model: Model;
  /** accuracy and loss on the validation samples at the end */
  readonly validation: Measurement;
  /** one event for each epoch, with the loss and the validation of that moment */
  readonly history: readonly EpochEvent[];
}

/**
 * Trains a network with ReLU between its layers to classify samples. The same samples and options give the same
 * weights, on any number of threads.
 *
 *     const { model, validation } = await fit(samplesOf(inputs, labels), { hidden: [32], epochs: 50 });
 *
 * @throws NnError `invalid-options`; `data-mismatch` for validation samples of another size; `training-diverged`
 * if the loss is no longer finite; `checkpoint-mismatch` if the checkpoint is of other samples or options,
 * `checkpoint-corrupt` or `checkpoint-missing` if it cannot be read; `write-failed` if it cannot be written;
 * `thread-lost` if a thread ends
 * @throws the signal's reason when it is aborted
 */
export async function fit(
  samples: Samples<InputValues>,
  options: FitOptions = {},
): Promise<Fitted> {
  const { checkpoint, onEpoch, preprocessing = noPreprocessing, seed = 1 } = options;
  const trained = trainingOptionsOf(samples, options);
  const resume = checkpoint === undefined ? undefined : await readCheckpoint(checkpoint);
  let fitted: Fitted | undefined;
  for await (const event of train({ ...trained, resume })) {
    if (event.type === 'epoch') onEpoch?.(event);
    if (event.type === 'checkpoint' && checkpoint !== undefined) {
      await writeCheckpoint(checkpoint, event.content);
    }
    if (event.type === 'done') {
      const { network, validation, history } = event;
      const trainedOn = `${trained.training.count} samples of ${samples.size} numbers`;
      const model = createModel(network, { preprocessing, seed: String(seed), trainedOn });
      fitted = { model, validation, history };
    }
  }
  if (checkpoint !== undefined) await rm(checkpoint, { force: true });
  return fitted!;
}

const adamW = { type: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 } as const;

function trainingOptionsOf(samples: Samples<InputValues>, options: FitOptions): TrainingOptions {
  const { hidden = [64], epochs = 30, batchSize = 32, learningRate = 0.003 } = options;
  const { optimizer = adamW, seed = 1, threads = 1, signal } = options;
  const { training, validation } = split(samples, options.validation ?? 0.1, seed);
  const { classes = highestLabel(training, validation) + 1 } = options;
  expectIntegers({ classes, epochs, batchSize, threads });
  expectIntegers(Object.fromEntries(hidden.map((outputs, i) => [`hidden[${i}]`, outputs])));
  if (!(learningRate > 0)) {
    throw new NnError('invalid-options', `learningRate is ${learningRate}: expected more than 0`);
  }
  if (highestLabel(training, validation) >= classes) {
    throw new NnError(
      'invalid-options',
      `classes is ${classes}, but there is the label ${highestLabel(training, validation)}`,
    );
  }
  const schedule = { type: 'cosine', finalFraction: 0 } as const;
  return {
    configuration: {
      layerSizes: [samples.size, ...hidden, classes],
      phases: [{ batchSize: Math.min(batchSize, training.count), epochs, learningRate, schedule }],
      optimizer,
      labelSmoothing: 0,
    },
    ...{ seed, threads, training, validation, signal },
    kernels: chooseKernels(undefined, { isShared: threads > 1 }).kernels,
  };
}

function split(
  samples: Samples<InputValues>,
  validation: Samples<InputValues> | number,
  seed: number,
): Pick<TrainingOptions, 'training' | 'validation'> {
  if (typeof validation === 'number') {
    const [training, held] = splitSamples(samples, validation, seed);
    if (training.count === 0) {
      throw new NnError(
        'invalid-options',
        `validation is ${validation}: nothing is left to train on`,
      );
    }
    return { training, validation: held.count === 0 ? training : held };
  }
  if (validation.size !== samples.size || validation.count === 0) {
    throw new NnError(
      'data-mismatch',
      `validation has ${validation.count} samples of ${validation.size} numbers: expected at least one, of ` +
        `${samples.size}`,
    );
  }
  return { training: samples, validation };
}

function highestLabel(...parts: readonly Samples<InputValues>[]): number {
  const highestOf = ({ labels }: Samples<InputValues>) =>
    labels.reduce(
      (highest, label) => (label === outlierLabel ? highest : Math.max(highest, label)),
      0,
    );
  return Math.max(...parts.map(highestOf));
}

/** @throws NnError `invalid-options` unless each is an integer of at least 1 */
function expectIntegers(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new NnError('invalid-options', `${name} is ${value}: expected an integer from 1`);
  }
}
