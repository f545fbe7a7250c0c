/** Logits whose softmax is these probabilities, row after row. */
export function logitsOf(...rows: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(rows.flat(), probability => Math.log(probability));
}

/** Whether two numbers agree as far as float32 logits allow. */
export function near(actual: number | null, expected: number, tolerance = 1e-6): boolean {
  return actual !== null && Math.abs(actual - expected) <= tolerance;
}
