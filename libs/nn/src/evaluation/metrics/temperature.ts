// Temperature scaling: divides the logits by one number, fitted on validation data, which calibrates the
// probabilities and changes no prediction (Guo, Pleiss, Sun and Weinberger 2017).

import { classCountOf } from './labelled-predictions.ts';

/** The search range is 1 / maxTemperature … maxTemperature; temperatures of trained networks are near 1. */
const maxTemperature = 20;

/** Bisections of an interval of ln(20²) ≈ 6, which exhaust the precision of a float64. */
const bisections = 60;

/**
 * Fits the temperature T that minimises the mean negative log-likelihood of validation labels. That is
 * convex in β = 1 / T, so its derivative, mean(Σ p·logit − the label's logit), increases with β, and
 * bisection of ln β finds its zero. If there is none, for example because every prediction is
 * correct and the likelihood always increases with confidence, the nearer limit is returned.
 *
 * @param logits [labels.length, classes]
 * @returns 0.05…20, the same for the same input
 * @throws RangeError if the sizes of logits and labels do not match
 */
export function fitTemperature(logits: Float32Array, labels: Uint8Array): number {
  const N = classCountOf(logits, labels);
  let low = -Math.log(maxTemperature);
  let high = Math.log(maxTemperature);
  for (let i = 0; i < bisections; i++) {
    const middle = (low + high) / 2;
    if (slope(logits, labels, N, Math.exp(middle)) > 0) high = middle;
    else low = middle;
  }
  return Math.exp(-(low + high) / 2);
}

/** Derivative of the total negative log-likelihood with respect to β. */
function slope(logits: Float32Array, labels: Uint8Array, N: number, beta: number): number {
  let total = 0;
  for (const [i, label] of labels.entries()) {
    const row = logits.subarray(i * N, (i + 1) * N);
    // Logits are relative to the label's, so that their mean is the derivative; in the exponent they
    // are relative to the highest, to avoid overflow.
    const origin = row[label]!;
    const highest = row.reduce((max, logit) => Math.max(max, logit));
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
