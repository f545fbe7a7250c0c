// What an answer goes by: the network's input, and how much each of its values speaks for the digit.

import { createInputGradient, type LoadedModel, networkInputs } from '@digits/nn';
import { memoizePerModel } from './once-per-model.ts';

export interface Explanation {
  /** [784] */
  readonly seen: number[];
  /** [784] */
  readonly saliency: number[];
}

const gradientOf = memoizePerModel(({ model }) => createInputGradient(model));

/** @param pixels null for a blank picture, on which there is nothing to go by */
export function explain(
  pixels: Float32Array | undefined,
  digit: number | null,
  champion: LoadedModel,
): Explanation {
  if (pixels === undefined || digit === null) {
    const zeros = new Array<number>(networkInputs).fill(0);
    return { seen: zeros, saliency: zeros };
  }
  const gradient = gradientOf(champion)(pixels, digit);
  return {
    seen: Array.from(pixels),
    saliency: Array.from(gradient, (slope, i) => slope * pixels[i]!),
  };
}
