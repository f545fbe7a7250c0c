// Temperature scaling: one number, fitted on validation data, that makes probabilities honest and
// leaves every answer as it is (Guo, Pleiss, Sun and Weinberger 2017).

import { classCountOf } from './labelled-predictions.ts';

/** Where the temperature is looked for: 1 / limit … limit. Networks that work are near 1. */
const limit = 20;

/** Halvings of ln(limit²) ≈ 6: as far as a float64 goes. */
const halvings = 60;

/**
 * The temperature that minimises the mean negative log-likelihood of validation labels. By
 * β = 1 / T that is convex, so its derivative, mean(Σ p·logit − the label's logit), rises with β:
 * bisection of ln β finds where it is 0. Where it is 0 nowhere, as when every answer is right and
 * more confidence always pays, the nearer limit comes back.
 *
 * @param logits [labels.length, classes]
 * @returns 0.05…20, the same for the same input
 * @throws RangeError when logits and labels do not fit each other
 */
export function fitTemperature(logits: Float32Array, labels: Uint8Array): number {
  const N = classCountOf(logits, labels);
  let low = -Math.log(limit);
  let high = Math.log(limit);
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    if (slope(logits, labels, N, Math.exp(middle)) > 0) high = middle;
    else low = middle;
  }
  return Math.exp(-(low + high) / 2);
}

/** Sum over the labels of the derivative of the negative log-likelihood by β. */
function slope(logits: Float32Array, labels: Uint8Array, N: number, beta: number): number {
  let total = 0;
  for (const [i, label] of labels.entries()) {
    const row = logits.subarray(i * N, (i + 1) * N);
    // Measured from the label's logit, so that the mean logit is the derivative; and from the
    // highest in the exponent, so that no power overflows.
    const origin = row[label]!;
    const highest = row.reduce((most, logit) => Math.max(most, logit));
    let powers = 0;
    let weighted = 0;
    for (const logit of row) {
      const power = Math.exp(beta * (logit - highest));
      powers += power;
      weighted += power * (logit - origin);
    }
    total += weighted / powers;
  }
  return total;
}
