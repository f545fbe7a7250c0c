// The three products of a dense layer, each the same multiplication with other strides.
//
//   M  rows of the batch      K  inputs of the layer      N  outputs of the layer
import { madd } from './madd';
import { multiply, multiplyScratchBytes } from './multiply';

/** Bytes of memory that the products need at `scratch`. */
export function scratchBytes(): usize {
  return multiplyScratchBytes;
}

/** output[M, N] = input[M, K] · weight[K, N] + bias[N], cut at 0 if `relu` */
export function denseForward(
  output: usize,
  input: usize,
  weight: usize,
  bias: usize,
  M: i32,
  K: i32,
  N: i32,
  relu: bool,
  scratch: usize,
): void {
  const rowBytes = <usize>N * 4;
  for (let m = 0; m < M; m++) memory.copy(output + <usize>m * rowBytes, bias, rowBytes);
  if (M == 1) return multiplyRow(output, input, weight, K, N, relu);
  multiply(output, input, <usize>K * 4, 4, weight, rowBytes, 4, M, K, N, relu, scratch);
}

/** One picture: output[N] += input[K] · weight[K, N], row by row of the weights, skipping zeros. */
function multiplyRow(output: usize, input: usize, weight: usize, K: i32, N: i32, relu: bool): void {
  const whole = N & ~15;
  for (let k = 0; k < K; k++) {
    const value = f32.load(input + <usize>k * 4);
    if (value == 0) continue;
    const x = f32x4.splat(value);
    const row = weight + <usize>(k * N) * 4;
    for (let n = 0; n < whole; n += 16) {
      const from = row + <usize>n * 4;
      const to = output + <usize>n * 4;
      v128.store(to, madd(x, v128.load(from), v128.load(to)));
      v128.store(to, madd(x, v128.load(from, 16), v128.load(to, 16)), 16);
      v128.store(to, madd(x, v128.load(from, 32), v128.load(to, 32)), 32);
      v128.store(to, madd(x, v128.load(from, 48), v128.load(to, 48)), 48);
    }
    for (let n = whole; n < N; n++) {
      const to = output + <usize>n * 4;
      f32.store(to, f32.load(to) + value * f32.load(row + <usize>n * 4));
    }
  }
  if (!relu) return;
  for (let n = 0; n < N; n++) {
    const at = output + <usize>n * 4;
    f32.store(at, max<f32>(f32.load(at), 0));
  }
}

/** dWeight[K, N] = input[M, K]ᵀ · dOutput[M, N]; dBias[N] = Σ over rows of dOutput */
export function denseParameterGradients(
  dWeight: usize,
  dBias: usize,
  input: usize,
  dOutput: usize,
  M: i32,
  K: i32,
  N: i32,
  scratch: usize,
): void {
  const rowBytes = <usize>N * 4;
  memory.fill(dWeight, 0, <usize>K * rowBytes);
  memory.fill(dBias, 0, rowBytes);
  multiply(dWeight, input, 4, <usize>K * 4, dOutput, rowBytes, 4, K, M, N, false, scratch);
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < N; n++) {
      const to = dBias + <usize>n * 4;
      f32.store(to, f32.load(to) + f32.load(dOutput + <usize>(m * N + n) * 4));
    }
  }
}

/** dInput[M, K] = dOutput[M, N] · weight[K, N]ᵀ */
export function denseInputGradient(
  dInput: usize,
  dOutput: usize,
  weight: usize,
  M: i32,
  K: i32,
  N: i32,
  scratch: usize,
): void {
  memory.fill(dInput, 0, <usize>M * <usize>K * 4);
  const rowBytes = <usize>N * 4;
  multiply(dInput, dOutput, rowBytes, 4, weight, 4, rowBytes, M, N, K, false, scratch);
}
