// Drawings as the network sees them, ready to be drawn into batches.

import type { Picture } from '../preprocess/picture.ts';
import { inkBytes, networkInputs } from '../preprocess/picture.ts';
import { preprocess } from '../preprocess/preprocess.ts';
import { outlierLabel, type Samples } from './samples.ts';

export interface LabelledPicture {
  readonly picture: Picture;
  /** 0…9; null for what is no digit */
  readonly label: number | null;
}

/** Sends pictures through the preprocessing; blank ones are left out. */
export function prepareDrawings(pictures: Iterable<LabelledPicture>): Samples {
  const inputs: Uint8Array[] = [];
  const labels: number[] = [];
  for (const { picture, label } of pictures) {
    const ink = preprocess(picture);
    if (!ink) continue;
    inputs.push(inkBytes(ink));
    labels.push(label ?? outlierLabel);
  }
  return {
    count: labels.length,
    size: networkInputs,
    inputs: concatenate(inputs, networkInputs),
    labels: Uint8Array.from(labels),
  };
}

function concatenate(rows: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(rows.length * length);
  for (const [i, row] of rows.entries()) all.set(row, i * length);
  return all;
}
