// The kernels as plain loops: what the other backends are measured against. Each loop nest runs
// along rows of memory, and skips the zeros that four fifths of a digit's pixels and half of what
// ReLU lets through are; that is worth a factor of three and changes no result.
import type { Activation, DenseShape, Kernels } from './kernels.ts';

export const loopKernels: Kernels = {
  name: 'loops',
  allocate: length => new Float32Array(length),
  denseForward,
  denseParameterGradients,
  denseInputGradient,
  reluGradient,
  softmaxCrossEntropy,
  momentumStep,
};

function denseForward(
  output: Float32Array, // [M, N]
  input: Float32Array, // [M, K]
  weight: Float32Array, // [K, N]
  bias: Float32Array, // [N]
  { M, K, N }: DenseShape,
  activation: Activation,
): void {
  for (let m = 0; m < M; m++) {
    const row = m * N;
    for (let n = 0; n < N; n++) output[row + n] = bias[n]!;
    for (let k = 0; k < K; k++) {
      const x = input[m * K + k]!;
      if (x !== 0) addScaled(output, row, weight, k * N, x, N);
    }
    if (activation === 'relu') {
      for (let n = 0; n < N; n++) if (output[row + n]! < 0) output[row + n] = 0;
    }
  }
}

function denseParameterGradients(
  dWeight: Float32Array, // [K, N]
  dBias: Float32Array, // [N]
  input: Float32Array, // [M, K]
  dOutput: Float32Array, // [M, N]
  { M, K, N }: DenseShape,
): void {
  dWeight.fill(0);
  dBias.fill(0);
  for (let m = 0; m < M; m++) {
    addScaled(dBias, 0, dOutput, m * N, 1, N);
    for (let k = 0; k < K; k++) {
      const x = input[m * K + k]!;
      if (x !== 0) addScaled(dWeight, k * N, dOutput, m * N, x, N);
    }
  }
}

function denseInputGradient(
  dInput: Float32Array, // [M, K]
  dOutput: Float32Array, // [M, N]
  weight: Float32Array, // [K, N]
  { M, K, N }: DenseShape,
): void {
  for (let m = 0; m < M; m++) {
    for (let k = 0; k < K; k++) {
      let sum = 0;
      for (let n = 0; n < N; n++) sum += dOutput[m * N + n]! * weight[k * N + n]!;
      dInput[m * K + k] = sum;
    }
  }
}

function reluGradient(dValues: Float32Array, values: Float32Array, length: number): void {
  for (let i = 0; i < length; i++) if (values[i]! <= 0) dValues[i] = 0;
}

function softmaxCrossEntropy(
  dLogits: Float32Array, // [M, N]
  logits: Float32Array, // [M, N]
  labels: Uint8Array, // [M]
  { M, N }: { readonly M: number; readonly N: number },
): number {
  let loss = 0;
  for (let m = 0; m < M; m++) {
    const row = m * N;
    const label = row + labels[m]!;
    let maximum = Number.NEGATIVE_INFINITY;
    for (let n = 0; n < N; n++) maximum = Math.max(maximum, logits[row + n]!);
    let sum = 0;
    for (let n = 0; n < N; n++) sum += Math.exp(logits[row + n]! - maximum);
    loss += Math.log(sum) + maximum - logits[label]!;
    for (let n = 0; n < N; n++) {
      dLogits[row + n] = Math.exp(logits[row + n]! - maximum) / sum / M;
    }
    dLogits[label]! -= 1 / M;
  }
  return loss;
}

function momentumStep(
  parameter: Float32Array,
  velocity: Float32Array,
  gradient: Float32Array,
  { learningRate, momentum }: { readonly learningRate: number; readonly momentum: number },
): void {
  for (let i = 0; i < parameter.length; i++) {
    const v = momentum * velocity[i]! + gradient[i]!;
    velocity[i] = v;
    parameter[i]! -= learningRate * v;
  }
}

/** target[at … at + length) += scale · source[from … from + length) */
function addScaled(
  target: Float32Array,
  at: number,
  source: Float32Array,
  from: number,
  scale: number,
  length: number,
): void {
  for (let n = 0; n < length; n++) target[at + n]! += scale * source[from + n]!;
}
