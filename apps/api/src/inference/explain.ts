// Explains a prediction: the network's input, its saliency map, and the outputs of every layer.

import { createInputGradient, type LoadedModel, layerOutputs, networkInputs } from '@digits/nn';
import type { Prediction } from '@digits/protocol';
import { memoizePerModel } from './model-store.ts';

/** What an explanation adds to the network's input. */
export const explanationParts = ['saliency', 'layers'] as const;
/** One of `explanationParts`. */
export type ExplanationPart = (typeof explanationParts)[number];

export type Explanation = Pick<Prediction, 'seen' | 'saliency' | 'layers'>;

const gradientOf = memoizePerModel(({ model }) => createInputGradient(model));

/**
 * @param pixels undefined for a blank picture, whose explanation is zeros
 * @param parts at least one
 */
export function explain(
  pixels: Float32Array | undefined,
  digit: number | null,
  parts: readonly ExplanationPart[],
  champion: LoadedModel,
): Explanation {
  if (pixels === undefined || digit === null) return explainBlank(parts, champion);
  return {
    seen: Array.from(pixels),
    ...(parts.includes('saliency') && { saliency: saliencyOf(pixels, digit, champion) }),
    ...(parts.includes('layers') && {
      layers: layerOutputs(champion.model, pixels).map(toNumbers),
    }),
  };
}

function explainBlank(parts: readonly ExplanationPart[], { model }: LoadedModel): Explanation {
  const zeros = (length: number) => new Array<number>(length).fill(0);
  return {
    seen: zeros(networkInputs),
    ...(parts.includes('saliency') && { saliency: zeros(networkInputs) }),
    ...(parts.includes('layers') && { layers: model.layerSizes.slice(1).map(zeros) }),
  };
}

/** Saliency as gradient × input: ∂ logit of the digit / ∂ input, times the input. */
function saliencyOf(pixels: Float32Array, digit: number, champion: LoadedModel): number[] {
  const gradient = gradientOf(champion)(pixels, digit);
  return Array.from(gradient, (slope, i) => slope * pixels[i]!);
}

/** A float32 has about seven digits, but prints as up to 17 as a JSON number. */
const decimals = 1e6;

/** Rounds to six decimal places, which makes an answer less than half as long. */
export function toNumbers(values: Float32Array): number[] {
  return Array.from(values, roundNumber);
}

export function roundNumber(value: number): number {
  return Math.round(value * decimals) / decimals;
}
