// Softmax and cross-entropy of rows of logits, and the gradient of the loss, in one pass.

/**
 * targets = (1 − smoothing) · one-hot(label) + smoothing / N
 * dLogits[M, N] = (softmax(logits) − targets) / batch
 *
 * @returns Σ over rows of −Σ targets · log softmax(logits)
 */
export function softmaxCrossEntropy(
  dLogits: usize, // [M, N]
  logits: usize, // [M, N]
  labels: usize, // [M] bytes
  M: i32,
  N: i32,
  smoothing: f64,
  batch: i32,
): f64 {
  let loss: f64 = 0;
  const spread = smoothing / <f64>N;
  for (let m = 0; m < M; m++) {
    const label = <i32>load<u8>(labels + <usize>m);
    const row = <usize>(m * N) * 4;
    let maximum: f32 = -Infinity;
    for (let n = 0; n < N; n++) maximum = max(maximum, f32.load(logits + row + <usize>n * 4));
    let sum: f64 = 0;
    for (let n = 0; n < N; n++) {
      const at = row + <usize>n * 4;
      const power = Math.exp(<f64>(f32.load(logits + at) - maximum));
      f32.store(dLogits + at, <f32>power);
      sum += power;
    }
    const logSum = Math.log(sum) + <f64>maximum;
    for (let n = 0; n < N; n++) {
      const at = row + <usize>n * 4;
      const logProbability = <f64>f32.load(logits + at) - logSum;
      const target = spread + (n == label ? 1 - smoothing : 0);
      if (target != 0) loss -= target * logProbability;
      const probability = <f64>f32.load(dLogits + at) / sum;
      f32.store(dLogits + at, <f32>((probability - target) / <f64>batch));
    }
  }
  return loss;
}
