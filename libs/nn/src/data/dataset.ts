// Labelled pictures in memory, and cutting them in two.

import { NnError } from '../errors.ts';
import { type IdxImages, parseIdxImages, parseIdxLabels } from './idx.ts';

export interface Dataset {
  /** What it is and where it came from, one line. */
  readonly name: string;
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** [count, rows, columns] grey, 0…255, row-major */
  readonly pixels: Uint8Array;
  /** [count] classes, 0…9 */
  readonly labels: Uint8Array;
}

export const classCount = 10;

/** A file's name, for messages, and its bytes. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Joins an IDX image file and its label file.
 *
 * @throws NnError `data-corrupt` for a malformed file or a label above 9; `data-mismatch` where the
 * two files differ in count, or hold nothing
 */
export function datasetFromIdx(name: string, images: NamedBytes, labels: NamedBytes): Dataset {
  const parsed: IdxImages = parseIdxImages(images.bytes, images.name);
  const classes = parseIdxLabels(labels.bytes, labels.name);
  if (parsed.count !== classes.length || parsed.count === 0) {
    throw new NnError(
      'data-mismatch',
      `${images.name} has ${parsed.count} images, ${labels.name} ${classes.length} labels: ` +
        'expected as many of one as of the other, and at least one',
    );
  }
  const wrong = classes.findIndex(label => label >= classCount);
  if (wrong !== -1) {
    throw new NnError(
      'data-corrupt',
      `${labels.name}: label ${classes[wrong]} at ${wrong}, expected 0 to ${classCount - 1}`,
    );
  }
  return { name, ...parsed, labels: classes };
}

/** Of MNIST's 60,000 training images 5,000 are kept for validation; the same share elsewhere. */
const validationShare = 1 / 12;

/**
 * Cuts a training set in two, as views: what is trained on, and the last images, which choose.
 *
 * @throws NnError `data-mismatch` where there are too few to cut
 */
export function splitForValidation(dataset: Dataset): { training: Dataset; validation: Dataset } {
  const first = dataset.count - Math.floor(dataset.count * validationShare);
  if (first === dataset.count) {
    throw new NnError(
      'data-mismatch',
      `${dataset.name}: ${dataset.count} images, expected at least ${1 / validationShare}`,
    );
  }
  return {
    training: slice(dataset, 0, first),
    validation: slice(dataset, first, dataset.count),
  };
}

function slice(dataset: Dataset, start: number, end: number): Dataset {
  const size = dataset.rows * dataset.columns;
  return {
    ...dataset,
    count: end - start,
    pixels: dataset.pixels.subarray(start * size, end * size),
    labels: dataset.labels.subarray(start, end),
  };
}
