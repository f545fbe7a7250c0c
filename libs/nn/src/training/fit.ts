// Training in one call, with defaults for everything but the samples. train.ts has all the choices.

import { rm } from 'node:fs/promises';
import { splitSamples } from '../data/labelled-rows.ts';
import { expectSamples, type InputValues, outlierLabel, type Samples } from '../data/samples.ts';
import { chooseKernels } from '../engine/kernels/choose.ts';
import { NnError } from '../errors.ts';
import type { Measurement } from '../evaluation/metrics/measure.ts';
import { createModel, type Model } from '../inference/model.ts';
import { noPreprocessing } from '../preprocess/preprocess.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';
import type { EpochEvent } from './events.ts';
import { expectFitOptions, type FitOptions } from './fit-options.ts';
import type { TrainingOptions } from './options.ts';
import { train } from './train.ts';

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
 * @throws NnError `invalid-options`; `data-mismatch` for validation samples of another size; `data-unsupported` for
 * samples of a single class; `model-unsupported` for layers that do not fit into memory; `training-diverged` if
 * the loss is no longer finite; `checkpoint-mismatch` if the checkpoint is of other samples or options,
 * `checkpoint-corrupt` or `checkpoint-missing` if it cannot be read; `write-failed` if it cannot be written;
 * `thread-lost` if a thread ends
 * @throws the signal's reason when it is aborted
 */
export async function fit(
  samples: Samples<InputValues>,
  options: FitOptions = {},
): Promise<Fitted> {
  expectSamples(samples, 'samples');
  expectFitOptions(options);
  expectClasses(samples);
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
  const highest = Math.max(highestLabel(training), highestLabel(validation));
  const { classes = highest + 1 } = options;
  if (highest >= classes) {
    throw new NnError(
      'invalid-options',
      `classes is ${classes}, but there is the label ${highest}`,
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

/** @throws NnError `data-unsupported` as nothing can be learnt from a single class */
function expectClasses({ labels }: Samples<InputValues>): void {
  const found = new Set(labels);
  found.delete(outlierLabel);
  if (found.size > 1) return;
  throw new NnError(
    'data-unsupported',
    `the samples have ${found.size === 0 ? 'no class' : `one class only, with the label ${[...found]}`}: expected ` +
      'at least two',
  );
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
  expectSamples(validation, 'validation');
  if (validation.size !== samples.size || validation.count === 0) {
    throw new NnError(
      'data-mismatch',
      `validation has ${validation.count} samples of ${validation.size} numbers: expected at least one, of ` +
        `${samples.size}`,
    );
  }
  return { training: samples, validation };
}

function highestLabel({ labels }: Samples<InputValues>): number {
  return labels.reduce(
    (highest, label) => (label === outlierLabel ? highest : Math.max(highest, label)),
    0,
  );
}
