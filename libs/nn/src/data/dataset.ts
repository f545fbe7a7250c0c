// Data sets of labelled images in memory, and the split for validation.

import { NnError } from '../errors.ts';
import { maxClasses } from '../inference/data-form.ts';
import { type IdxImages, parseIdxImages, parseIdxLabels } from './idx.ts';

/** Labelled grey images. */
export interface Dataset {
  /** description in one line, for example 'MNIST training images' */
  readonly name: string;
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** [count, rows, columns] grey, 0…255, row-major */
  readonly pixels: Uint8Array;
  /** [count] labels of the file, below 255; classes from 0 after `formData` */
  readonly labels: Uint8Array;
}

/** Number of digits, 0 to 9. */
export const digitCount = 10;

/** The bytes of a file, with its name for error messages. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Combines an IDX image file and its label file.
 *
 * @throws NnError `data-corrupt` for a malformed file, or images without pixels;
 * `data-unsupported` for the label 255; `data-mismatch` if the two files differ in count, or are empty
 */
export function datasetFromIdx(name: string, images: NamedBytes, labels: NamedBytes): Dataset {
  const parsed: IdxImages = parseIdxImages(images.bytes, images.name);
  const classes = parseIdxLabels(labels.bytes, labels.name);
  if (parsed.count !== classes.length || parsed.count === 0) {
    throw new NnError(
      'data-mismatch',
      `${images.name} has ${parsed.count} images, ${labels.name} ${classes.length} labels: ` +
        'expected the same number of both, and at least one',
    );
  }
  if (parsed.rows === 0 || parsed.columns === 0) {
    throw new NnError(
      'data-corrupt',
      `${images.name} has images of ${parsed.rows}×${parsed.columns}: expected at least 1×1`,
    );
  }
  checkLabels(classes, labels.name);
  return { name, ...parsed, labels: classes };
}

function checkLabels(labels: Uint8Array, name: string): void {
  if (!labels.includes(maxClasses)) return;
  throw new NnError(
    'data-unsupported',
    `${name} has the label ${maxClasses}: at most ${maxClasses} classes are supported, with labels up to ` +
      `${maxClasses - 1}`,
  );
}

/** The data set with rows and columns of every image exchanged, in new memory. */
export function transposed(dataset: Dataset): Dataset {
  const { count, rows, columns, pixels } = dataset;
  const turned = new Uint8Array(pixels.length);
  for (let i = 0; i < count; i++) {
    const start = i * rows * columns;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        turned[start + column * rows + row] = pixels[start + row * columns + column]!;
      }
    }
  }
  return { ...dataset, rows: columns, columns: rows, pixels: turned };
}

/** Fraction of the training images used for validation: 5,000 of MNIST's 60,000. */
const validationFraction = 1 / 12;

/**
 * Splits a training set into two views: training images, and the last images for validation.
 *
 * @throws NnError `data-mismatch` if there are fewer than 12 images
 */
export function splitForValidation(dataset: Dataset): { training: Dataset; validation: Dataset } {
  const first = dataset.count - Math.floor(dataset.count * validationFraction);
  if (first === dataset.count) {
    throw new NnError(
      'data-mismatch',
      `${dataset.name}: ${dataset.count} images, expected at least ${1 / validationFraction}`,
    );
  }
  return {
    training: sliceDataset(dataset, 0, first),
    validation: sliceDataset(dataset, first, dataset.count),
  };
}

/** @returns a view of the images from `start` to before `end` */
export function sliceDataset(dataset: Dataset, start: number, end: number): Dataset {
  const size = dataset.rows * dataset.columns;
  return {
    ...dataset,
    count: end - start,
    pixels: dataset.pixels.subarray(start * size, end * size),
    labels: dataset.labels.subarray(start, end),
  };
}
