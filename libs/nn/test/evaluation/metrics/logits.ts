// Logits for the tests of the metrics.

/** Logits with these rows of probabilities as their softmax. */
export function logitsOf(...rows: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(rows.flat(), probability => Math.log(probability));
}

/** Whether two numbers agree within the precision of float32 logits. */
export function near(actual: number | null, expected: number, tolerance = 1e-6): boolean {
  return actual !== null && Math.abs(actual - expected) <= tolerance;
}
