// Determines what a data set shows: ten digits in the form of MNIST's, which are preprocessed, or other images
// and classes, which are used as they are.

import { NnError } from '../errors.ts';
import { type DataForm, maxLayerSize } from '../inference/data-form.ts';
import { inputSide } from '../preprocess/picture.ts';
import { type Dataset, digitCount } from './dataset.ts';
import type { DataFolder } from './idx-folder.ts';

/** What is known about the classes besides the labels. */
export interface GivenClasses {
  /** undefined: as many as the labels require */
  readonly count?: number | undefined;
  /** if there are names, the classes are not digits */
  readonly names?: readonly string[] | undefined;
}

/** A data set whose labels count the classes from 0. */
export interface FormedData {
  readonly data: DataFolder;
  /** undefined for digits in the form of MNIST's */
  readonly form: DataForm | undefined;
}

/**
 * Determines size and classes. There are as many classes as the largest label requires; if no label is 0, as
 * in EMNIST's letters, the labels count from 1. Images of 28×28 with ten classes are digits, unless
 * the classes have names.
 *
 * @throws NnError `data-unsupported` for a single class and for images that are too large; `data-mismatch` for
 * labels that are no classes, and if most classes have no image
 */
export function formData(data: DataFolder, given: GivenClasses = {}): FormedData {
  const found = formOf(data, given);
  const { rows, columns, firstLabel, classes } = found;
  const isMnistLike = rows === inputSide && columns === inputSide && firstLabel === 0;
  const areDigits = classes.length === digitCount && given.names === undefined;
  const form = isMnistLike && areDigits ? undefined : found;
  return { data: withForm(data, form), form };
}

function formOf({ training, test }: DataFolder, { count, names }: GivenClasses): DataForm {
  const { name, rows, columns } = training;
  if (rows * columns > maxLayerSize) {
    throw new NnError(
      'data-unsupported',
      `${name} are ${rows}×${columns}: expected at most ${maxLayerSize} pixels`,
    );
  }
  const labels = [...new Set(training.labels)].sort((one, other) => one - other);
  const max = labels.at(-1)!;
  if (labels.length < 2) {
    throw new NnError(
      'data-unsupported',
      `${name} have one class only, with the label ${max}: expected at least two`,
    );
  }
  const wanted = names?.length ?? count;
  const hasZero = labels[0] === 0 || test.labels.includes(0);
  const firstLabel = hasZero || (wanted !== undefined && max < wanted) ? 0 : 1;
  const classCount = wanted ?? max + 1 - firstLabel;
  if (wanted === undefined && 2 * labels.length < classCount) {
    throw new NnError(
      'data-mismatch',
      `${name} have labels from ${labels[0]} to ${max}, but only ${labels.length} different ones: specify the ` +
        'number of classes with --classes, or correct the labels',
    );
  }
  const numbers = Array.from({ length: classCount }, (_, i) => String(firstLabel + i));
  return { rows, columns, firstLabel, classes: names ?? numbers };
}

/**
 * Expects data of a given form, that of a model, and converts its labels to classes.
 *
 * @param form undefined for digits, whose images may have any size
 * @throws NnError `data-mismatch` for images of another size and for labels that are no classes;
 * `data-unsupported` for labels that are no digits
 */
export function withForm(data: DataFolder, form: DataForm | undefined): DataFolder {
  if (!form) {
    for (const { name, labels } of [data.training, data.test]) checkDigits(name, labels);
    return data;
  }
  return {
    ...data,
    training: withClasses(data.training, form),
    test: withClasses(data.test, form),
  };
}

function withClasses(dataset: Dataset, { rows, columns, firstLabel, classes }: DataForm): Dataset {
  const { name, labels } = dataset;
  if (dataset.rows !== rows || dataset.columns !== columns) {
    throw new NnError(
      'data-mismatch',
      `${name} are ${dataset.rows}×${dataset.columns}, expected ${rows}×${columns}`,
    );
  }
  const end = firstLabel + classes.length;
  const wrong = labels.find(label => label < firstLabel || label >= end);
  if (wrong !== undefined) {
    throw new NnError(
      'data-mismatch',
      `${name} have the label ${wrong}, expected ${classes.length} classes with labels from ${firstLabel} to ` +
        `${end - 1}`,
    );
  }
  return firstLabel === 0
    ? dataset
    : { ...dataset, labels: labels.map(label => label - firstLabel) };
}

/** @throws NnError `data-unsupported` for labels above 9 */
export function checkDigits(name: string, labels: Uint8Array): void {
  const max = labels.reduce((most, label) => Math.max(most, label), 0);
  if (max < digitCount) return;
  throw new NnError(
    'data-unsupported',
    `${name} have labels up to ${max}: digits have labels from 0 to ${digitCount - 1}`,
  );
}
