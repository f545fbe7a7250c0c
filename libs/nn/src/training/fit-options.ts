// The options of `fit`, and their check, as programs without types can give anything.

import type { InputValues, Samples } from '../data/samples.ts';
import type { OptimizerOptions } from '../engine/optimizer.ts';
import { NnError, quoted } from '../errors.ts';
import { maxClasses } from '../inference/data-form.ts';
import type { EpochEvent } from './events.ts';
import { maxThreads } from './options.ts';

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
   * Threads, this one included: 1 … 64; 1 by default. The result does not depend on it. Several are faster for
   * networks of some 100,000 weights or more, up to one for each core, and slower for small ones.
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

const optionNames = Object.keys({
  hidden: true,
  classes: true,
  epochs: true,
  batchSize: true,
  learningRate: true,
  optimizer: true,
  validation: true,
  seed: true,
  threads: true,
  checkpoint: true,
  signal: true,
  onEpoch: true,
  preprocessing: true,
} satisfies Record<keyof FitOptions, true>);

/** @throws NnError `invalid-options` for an unknown option, and for a value that is none of its option */
export function expectFitOptions(options: FitOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw new NnError('invalid-options', `options are ${quoted(options)}: expected an object`);
  }
  for (const name of Object.keys(options)) if (!optionNames.includes(name)) throw unknown(name);
  const { hidden = [], learningRate = 1, optimizer, onEpoch } = options;
  if (!Array.isArray(hidden)) {
    throw invalid('hidden', hidden, 'an array with the outputs of each hidden layer, [64]');
  }
  // A layer of undefined is wrong, unlike an option of undefined.
  for (const [i, outputs] of hidden.entries()) {
    expectInteger(`hidden[${i}]`, outputs ?? null, 1);
  }
  expectInteger('classes', options.classes, 2, maxClasses);
  expectInteger('epochs', options.epochs, 1);
  expectInteger('batchSize', options.batchSize, 1);
  expectInteger('threads', options.threads, 1, maxThreads);
  expectInteger('seed', options.seed, 0, 2 ** 32 - 1);
  if (!(Number.isFinite(learningRate) && learningRate > 0)) {
    throw invalid('learningRate', learningRate, 'a number above 0');
  }
  if (optimizer !== undefined) expectOptimizer(optimizer);
  if (onEpoch !== undefined && typeof onEpoch !== 'function') {
    throw invalid('onEpoch', onEpoch, 'a function');
  }
  for (const name of ['checkpoint', 'preprocessing'] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== 'string') throw invalid(name, value, 'a string');
  }
}

/** The constants of each optimizer. */
const constants = {
  sgd: ['momentum', 'weightDecay'],
  adamw: ['beta1', 'beta2', 'epsilon', 'weightDecay'],
} as const satisfies Record<OptimizerOptions['type'], readonly string[]>;

function expectOptimizer(optimizer: OptimizerOptions): void {
  const needed = Object.entries(constants).find(([type]) => type === optimizer?.type)?.[1];
  if (!needed) {
    throw invalid('optimizer', optimizer, "an object with the type 'sgd' or 'adamw'");
  }
  const given: Readonly<Record<string, unknown>> = { ...optimizer };
  for (const name of needed) {
    if (!Number.isFinite(given[name])) throw invalid(`optimizer.${name}`, given[name], 'a number');
  }
}

function unknown(name: string): NnError {
  const [nearest] = optionNames
    .filter(option => commonStart(option, name) >= 3)
    .sort((one, other) => commonStart(other, name) - commonStart(one, name));
  const hint = nearest === undefined ? '' : `did you mean ${nearest}? `;
  return new NnError(
    'invalid-options',
    `there is no option ${quoted(name)}: ${hint}The options are ${optionNames.join(', ')}`,
  );
}

/** The number of letters with which both names begin, in upper or lower case. */
function commonStart(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function expectInteger(name: string, value: unknown, min: number, max = Infinity): void {
  if (value === undefined) return;
  if (Number.isInteger(value) && min <= Number(value) && Number(value) <= max) return;
  const range = max === Infinity ? `from ${min}` : `from ${min} to ${max}`;
  throw invalid(name, value, `an integer ${range}`);
}

function invalid(name: string, value: unknown, expected: string): NnError {
  return new NnError('invalid-options', `${name} is ${quoted(value)}: expected ${expected}`);
}
