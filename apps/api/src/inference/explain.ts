// Explains a prediction: the network's input and its saliency map.

import { createInputGradient, type LoadedModel, networkInputs } from '@digits/nn';
import { memoizePerModel } from './model-store.ts';

export interface Explanation {
  /** [784] */
  readonly seen: number[];
  /** [784] */
  readonly saliency: number[];
}

const gradientOf = memoizePerModel(({ model }) => createInputGradient(model));

/**
 * Saliency as gradient × input: ∂ logit of the digit / ∂ input, times the input.
 *
 * @param pixels undefined for a blank picture, whose explanation is zeros
 */
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
