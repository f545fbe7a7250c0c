// Softmax and argmax of one row of logits, for predictions.
//
//   softmax(z)[n] = exp(z[n]) / Σ exp(z)
//
// Training combines softmax and cross-entropy in one kernel (softmaxCrossEntropy in kernels/loops.ts),
// because their combined gradient is just softmax(logits) − targets.

/**
 * softmax(logits / temperature). A temperature fitted on validation data calibrates the probabilities
 * (Guo, Pleiss, Sun and Weinberger 2017).
 *
 * @param logits [N], finite
 * @returns [N], a new array that sums to 1
 */
export function softmax(logits: Float32Array, temperature = 1): Float32Array {
  const probabilities = new Float32Array(logits.length);
  softmaxInto(probabilities, logits, temperature);
  return probabilities;
}

/**
 * probabilities[N] = softmax(logits[N] / temperature). The maximum is subtracted first, so that the
 * exponentials do not overflow. Both arguments may be the same array.
 */
export function softmaxInto(
  probabilities: Float32Array,
  logits: Float32Array,
  temperature: number,
): void {
  const N = logits.length;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < N; n++) maximum = Math.max(maximum, logits[n]!);
  let sum = 0;
  for (let n = 0; n < N; n++) {
    const exponential = Math.exp((logits[n]! - maximum) / temperature);
    exponentials[n] = exponential;
    sum += exponential;
  }
  for (let n = 0; n < N; n++) probabilities[n] = exponentials[n]! / sum;
}

/** Of the current row, in double precision; reused by every call. */
const exponentials: number[] = [];

/** The index of the largest value; the lowest one on ties. */
export function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
