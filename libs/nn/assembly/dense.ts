// The three products of a dense layer, each the same multiplication with other strides.
//
//   M  rows of the batch      K  inputs of the layer      N  outputs of the layer

import { multiply, multiplyScratchBytes } from './multiply';
import { multiplyRow } from './row';

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
  if (M == 1) return multiplyRow(output, input, weight, K, N, relu, scratch);
  multiply(output, input, <usize>K * 4, 4, weight, rowBytes, 4, M, K, N, relu, scratch);
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
