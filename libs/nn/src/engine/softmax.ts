// Softmax by itself, for one prediction; training uses the kernel that has cross-entropy in it.

/**
 * softmax(logits / temperature). Dividing by a temperature fitted on validation data makes the
 * probabilities mean what they say (Guo, Pleiss, Sun and Weinberger 2017).
 *
 * @param logits [N], finite
 * @returns [N], a new array that sums to 1
 */
export function softmax(logits: Float32Array, temperature = 1): Float32Array {
  const probabilities = new Float32Array(logits.length);
  softmaxInto(probabilities, 0, logits, 0, logits.length, temperature);
  return probabilities;
}

/**
 * probabilities[to … to + N) = softmax(logits[from … from + N) / temperature); the two may be the
 * same place.
 */
export function softmaxInto(
  probabilities: Float32Array,
  to: number,
  logits: Float32Array,
  from: number,
  N: number,
  temperature: number,
): void {
  let maximum = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < N; n++) maximum = Math.max(maximum, logits[from + n]!);
  let sum = 0;
  for (let n = 0; n < N; n++) sum += Math.exp((logits[from + n]! - maximum) / temperature);
  for (let n = 0; n < N; n++) {
    probabilities[to + n] = Math.exp((logits[from + n]! - maximum) / temperature) / sum;
  }
}

/** The index of the largest value, the first of several. */
export function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
