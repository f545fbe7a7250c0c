// The service's prediction for a drawing.

import type { RejectionReason } from '@digits/protocol/constants';

/** The model that the service serves. In the terminal app its version is printable. */
export interface ServedModel {
  readonly name: string;
  readonly version: string;
}

export interface Prediction {
  /** The most probable digit, accepted or not; `null` for a blank drawing. */
  readonly digit: number | null;
  /** The calibrated probability of the most probable digit, 0…1. */
  readonly confidence: number;
  /** One for each digit, 0…1. */
  readonly probabilities: readonly number[];
  /** `null` if the prediction was accepted. */
  readonly reason: RejectionReason | null;
  readonly model: ServedModel;
  /** The network's input, 28×28 values of 0…1 in rows, if an explanation was requested. */
  readonly seen?: readonly number[];
  /** For each pixel of `seen`, evidence for the digit (above 0) or against it. */
  readonly saliency?: readonly number[];
  /** The outputs of every layer after the input, the ten logits last, if they were requested. */
  readonly layers?: readonly (readonly number[])[];
  /** From sending the request to the whole response; only known of a live one. */
  readonly latencyMs?: number;
}

/** The most probable digit, accepted or not. */
export interface TopClass {
  readonly digit: number;
  /** 0…1 */
  readonly probability: number;
}

/** @returns the digit with the greatest probability, the smaller one of two equals. */
export function topClassOf({ probabilities }: Pick<Prediction, 'probabilities'>): TopClass {
  const probability = Math.max(...probabilities);
  return { digit: probabilities.indexOf(probability), probability };
}
