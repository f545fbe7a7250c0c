// Softmax by itself, for one prediction; training uses the kernel that has cross-entropy in it.

/**
 * softmax(logits / temperature). Dividing by a temperature fitted on validation data makes the
 * probabilities mean what they say (Guo, Pleiss, Sun and Weinberger 2017).
 *
 * @param logits [N], finite
 * @returns [N], a new array that sums to 1
 */
export function softmax(logits: Float32Array, temperature = 1): Float32Array {
  const maximum = logits.reduce((highest, logit) => Math.max(highest, logit));
  const powers = Float64Array.from(logits, logit => Math.exp((logit - maximum) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return Float32Array.from(powers, power => power / sum);
}

/** The index of the largest value, the first of several. */
export function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
