// Converts data sets and drawings to samples: digits are preprocessed, other images are used as they are.

import type { DataForm } from '../inference/data-form.ts';
import { inkBytes, networkInputs, type Picture } from '../preprocess/picture.ts';
import { preprocess } from '../preprocess/preprocess.ts';
import type { Dataset } from './dataset.ts';
import { outlierLabel, type Samples } from './samples.ts';

/** A picture before preprocessing, with its label. */
export interface LabelledPicture {
  readonly picture: Picture;
  /** 0…9; undefined for an outlier */
  readonly label: number | undefined;
}

/**
 * Preprocesses a data set of digits; a blank picture becomes an input of zeros.
 *
 * @param form of data that is not of digits, whose images are used as they are
 */
export function prepareSamples(dataset: Dataset, form?: DataForm): Samples {
  const chunks = prepareSamplesInChunks(dataset, form);
  for (;;) {
    const chunk = chunks.next();
    if (chunk.done) return chunk.value;
  }
}

/**
 * Converts a data set whose images already have the form that `preprocess` gives to others, as MNIST's do:
 * the samples are views of them.
 */
export function samplesOfDataset({ count, rows, columns, pixels, labels }: Dataset): Samples {
  return { count, size: rows * columns, columns, inputs: pixels, labels };
}

/** Some 100 ms of preprocessing. */
const imagesPerChunk = 1000;

/** Does the same, yielding the number of pictures of each chunk after it. */
export function* prepareSamplesInChunks(
  dataset: Dataset,
  form?: DataForm,
): Generator<number, Samples> {
  if (form) {
    yield dataset.count;
    return samplesOfDataset(dataset);
  }
  const { count, rows, columns, pixels, labels } = dataset;
  const size = rows * columns;
  const inputs = new Uint8Array(count * networkInputs);
  for (let start = 0; start < count; start += imagesPerChunk) {
    const end = Math.min(count, start + imagesPerChunk);
    for (let i = start; i < end; i++) {
      const data = pixels.subarray(i * size, (i + 1) * size);
      const ink = preprocess({ width: columns, height: rows, channels: 1, data });
      if (ink) inputs.set(inkBytes(ink), i * networkInputs);
    }
    yield end - start;
  }
  return { count, size: networkInputs, inputs, labels };
}

/** Preprocesses drawings; blank ones are omitted. */
export function prepareDrawings(pictures: Iterable<LabelledPicture>): Samples {
  const rows: Uint8Array[] = [];
  const labels: number[] = [];
  for (const { picture, label } of pictures) {
    const ink = preprocess(picture);
    if (!ink) continue;
    rows.push(inkBytes(ink));
    labels.push(label ?? outlierLabel);
  }
  const inputs = new Uint8Array(rows.length * networkInputs);
  for (const [i, row] of rows.entries()) inputs.set(row, i * networkInputs);
  return { count: rows.length, size: networkInputs, inputs, labels: Uint8Array.from(labels) };
}
