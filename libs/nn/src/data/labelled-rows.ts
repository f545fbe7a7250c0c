// Samples from arrays of a program's own, of any width and any classes, and their split.

import { Random } from '../engine/random.ts';
import { NnError, quoted } from '../errors.ts';
import { expectRows, type InputRows, matrixOf } from '../input-rows.ts';
import {
  expectSamples,
  type InputValues,
  outlierLabel,
  pickSamples,
  type Samples,
  shuffledOrder,
} from './samples.ts';

/**
 * Samples from inputs and their labels.
 *
 *     const samples = samplesOf([[0.1, 2], [0.4, 1], [0.9, 0]], [0, 0, 1]);
 *
 * @param inputs [count, size] in rows, or in one array
 * @param labels [count] the class of each row: integers from 0, at most 254
 * @returns samples that share no memory with rows, but are a view of a Float32Array
 * @throws NnError `invalid-options` for what is not an array; `data-mismatch` for no rows, rows of different
 * sizes, or another number of labels; `data-corrupt` for what is not a finite number; `data-unsupported` for a
 * label that is not a class
 */
export function samplesOf(inputs: InputRows, labels: ArrayLike<number>): Samples<Float32Array> {
  expectRows(inputs);
  if (!Number.isInteger(labels?.length)) {
    throw new NnError(
      'invalid-options',
      `labels are ${quoted(labels)}: expected an array with the class of each row`,
    );
  }
  const count = labels.length;
  const rows = inputs instanceof Float32Array ? undefined : inputs.length;
  if (count === 0 || (rows ?? count) !== count) {
    throw new NnError(
      'data-mismatch',
      `${rows ?? inputs.length} ${rows === undefined ? 'numbers' : 'rows'} for ${count} labels: expected ` +
        'the same number of both, and at least one',
    );
  }
  const size =
    inputs instanceof Float32Array ? Math.floor(inputs.length / count) : inputs[0]?.length;
  if (size === undefined || !(size > 0)) {
    throw new NnError(
      'data-mismatch',
      'the first row has no numbers: expected an array of at least one',
    );
  }
  const matrix = matrixOf(inputs, size);
  if (matrix.length !== count * size) {
    throw new NnError(
      'data-mismatch',
      `${matrix.length} numbers for ${count} labels: expected a multiple of ${count}`,
    );
  }
  return { count, size, inputs: matrix, labels: classesOf(labels) };
}

function classesOf(labels: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(labels, (label, i) => {
    if (Number.isInteger(label) && label >= 0 && label < outlierLabel) return label;
    throw new NnError(
      'data-unsupported',
      `label ${i} is ${quoted(label)}: expected an integer from 0 to ${outlierLabel - 1}`,
    );
  });
}

/**
 * Splits samples at random, for a part that is not trained on.
 *
 *     const [training, test] = splitSamples(samples, 0.2);
 *
 * @param fraction of the samples in the second part, 0…1, rounded to whole samples
 * @param seed the same seed gives the same parts; 1 by default
 * @returns copies, in random order
 * @throws NnError `invalid-options` for a fraction outside 0…1 or what is not samples
 */
export function splitSamples<Values extends InputValues>(
  samples: Samples<Values>,
  fraction: number,
  seed = 1,
): [Samples<Values>, Samples<Values>] {
  expectSamples(samples, 'samples');
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new NnError(
      'invalid-options',
      `fraction is ${quoted(fraction)}: expected a number from 0 to 1`,
    );
  }
  const order = shuffledOrder(samples.count, new Random(seed));
  const first = samples.count - Math.round(samples.count * fraction);
  return [
    pickSamples(samples, order.subarray(0, first)),
    pickSamples(samples, order.subarray(first)),
  ];
}
