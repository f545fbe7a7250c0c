// What the network sees on a picture and makes of it, as it is kept beside the label.

import { inkBytes, type LoadedModel } from '@digits/nn';
import { predictFromInput, toNetworkInput } from '../inference/predict.ts';
import { Problem } from '../problem.ts';
import type { Prediction } from '../schemas/prediction.ts';

export interface Assessment {
  readonly prediction: Prediction;
  /** [784] ink, 0…255, as in MNIST's files */
  readonly seen: Uint8Array;
}

/** @throws Problem `blank-image`, and what `see` throws */
export async function assess(
  bytes: Buffer,
  champion: LoadedModel,
  maxPixels: number,
): Promise<Assessment> {
  const ink = await toNetworkInput(bytes, maxPixels);
  if (!ink) throw new Problem('blank-image', 'There is nothing on the picture to learn from.');
  const prediction = predictFromInput(ink, bytes, champion);
  return { prediction, seen: inkBytes(ink) };
}
