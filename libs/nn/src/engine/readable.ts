// The network to read: forward pass, loss, backward pass and one step of gradient descent as plain loops, from
// top to bottom in the order of the computation. It is the definition that everything fast is tested
// against, network.ts on the kernels and the step of training/parallel/. Only tests and readers use it.
//
//   M  rows of the batch, an image each     K  inputs of a layer     N  outputs of a layer, or classes
//
// Matrices are row-major: element (m, k) of input[M, K] is input[m · K + k]. `dX` is the gradient of the loss
// with respect to X, as long as X. All numbers are float64, so that roundings do not blur a comparison.
//
// The derivation: Nielsen, "Neural Networks and Deep Learning", chapter 2, whose equations (BP1) to (BP4) are
// named below; Goodfellow, Bengio and Courville, "Deep Learning", section 6.5, and 6.2 for the loss.

import type { Random } from './random.ts';

/** A dense layer: its output is input · weight + bias. All layers but the last one are followed by ReLU. */
export interface ReadableLayer {
  /** K */
  readonly inputs: number;
  /** N */
  readonly outputs: number;
  /** [K, N] */
  readonly weight: Float64Array;
  /** [N] */
  readonly bias: Float64Array;
}

/** The gradients of the loss with respect to a layer's parameters. */
export interface ReadableGradients {
  /** [K, N] */
  readonly dWeight: Float64Array;
  /** [N] */
  readonly dBias: Float64Array;
}

/**
 * Creates layers with biases of 0 and weights from N(0, 2 / inputs), which neither grow nor shrink the
 * values from layer to layer (He, Zhang, Ren and Sun 2015).
 *
 * @param sizes [inputs, …hidden, classes]
 */
export function createLayers(random: Random, sizes: readonly number[]): ReadableLayer[] {
  return sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i]!;
    const weight = new Float64Array(inputs * outputs);
    for (let j = 0; j < weight.length; j++) weight[j] = Math.sqrt(2 / inputs) * random.normal();
    return { inputs, outputs, weight, bias: new Float64Array(outputs) };
  });
}

// A dense layer

/** z[M, N] = input[M, K] · weight[K, N] + bias[N] */
export function denseForward(
  { inputs: K, outputs: N, weight, bias }: ReadableLayer,
  input: Float64Array, // [M, K]
  M: number,
): Float64Array {
  const z = new Float64Array(M * N);
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < N; n++) {
      let sum = bias[n]!;
      for (let k = 0; k < K; k++) sum += input[m * K + k]! * weight[k * N + n]!;
      z[m * N + n] = sum;
    }
  }
  return z;
}

/**
 * Each weight takes part in z[m, n] with the factor input[m, k], each bias with 1, and each input with the
 * factor weight[k, n] in all N outputs; the chain rule sums over all the ways by which a number acts.
 *
 *   dWeight[K, N] = inputᵀ · dz      (BP4)
 *   dBias[N] = Σ over rows of dz     (BP3)
 *   dInput[M, K] = dz · weightᵀ      (BP2), without the derivative of the activation
 */
export function denseBackward(
  { inputs: K, outputs: N, weight }: ReadableLayer,
  input: Float64Array, // [M, K]
  dz: Float64Array, // [M, N]
  M: number,
): ReadableGradients & { readonly dInput: Float64Array } {
  const dWeight = new Float64Array(K * N);
  const dBias = new Float64Array(N);
  const dInput = new Float64Array(M * K);
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < N; n++) {
      const slope = dz[m * N + n]!;
      dBias[n]! += slope;
      for (let k = 0; k < K; k++) {
        dWeight[k * N + n]! += input[m * K + k]! * slope;
        dInput[m * K + k]! += slope * weight[k * N + n]!;
      }
    }
  }
  return { dWeight, dBias, dInput };
}

// ReLU

/** output[i] = max(0, z[i]); both of any shape, here [M, N] */
export function reluForward(z: Float64Array): Float64Array {
  const output = new Float64Array(z.length);
  for (let i = 0; i < z.length; i++) output[i] = Math.max(0, z[i]!);
  return output;
}

/** dz[i] = dOutput[i] · ReLU′(z[i]), which is 1 where the output is above 0, else 0: the rest of (BP2) */
export function reluBackward(
  output: Float64Array, // [M, N], by `reluForward`
  dOutput: Float64Array, // [M, N]
): Float64Array {
  const dz = new Float64Array(output.length);
  for (let i = 0; i < output.length; i++) dz[i] = output[i]! > 0 ? dOutput[i]! : 0;
  return dz;
}

// The loss: cross-entropy of the softmax of the logits

/** probabilities[M, N] = exp(logits) / Σ over the row of exp(logits) */
export function softmax(
  logits: Float64Array, // [M, N]
  M: number,
): Float64Array {
  const N = logits.length / M;
  const probabilities = new Float64Array(M * N);
  for (let m = 0; m < M; m++) {
    // Subtracting the same number from all logits of a row changes nothing, and keeps exp from overflowing.
    let maximum = Number.NEGATIVE_INFINITY;
    for (let n = 0; n < N; n++) maximum = Math.max(maximum, logits[m * N + n]!);
    let sum = 0;
    for (let n = 0; n < N; n++) sum += Math.exp(logits[m * N + n]! - maximum);
    for (let n = 0; n < N; n++) {
      probabilities[m * N + n] = Math.exp(logits[m * N + n]! - maximum) / sum;
    }
  }
  return probabilities;
}

/** −Σ targets · log(probabilities) / M in nats; the targets[M, N] of each row sum to 1. */
export function crossEntropy(
  probabilities: Float64Array, // [M, N]
  targets: Float64Array, // [M, N]
  M: number,
): number {
  let loss = 0;
  for (let i = 0; i < targets.length; i++) {
    if (targets[i]! > 0) loss -= (targets[i]! * Math.log(probabilities[i]!)) / M;
  }
  return loss;
}

/**
 * dLogits[M, N] = (probabilities − targets) / M: (BP1) for this loss. The exponential of softmax and the
 * logarithm of the loss cancel; what is left is the error of each probability.
 */
export function softmaxCrossEntropyBackward(
  probabilities: Float64Array, // [M, N]
  targets: Float64Array, // [M, N]
  M: number,
): Float64Array {
  const dLogits = new Float64Array(targets.length);
  for (let i = 0; i < targets.length; i++) dLogits[i] = (probabilities[i]! - targets[i]!) / M;
  return dLogits;
}

// The whole network

/** Returns the input of every layer, [M, K], and last the logits, [M, N]: `backward` needs them all. */
export function forward(
  layers: readonly ReadableLayer[],
  input: Float64Array, // [M, K of the first layer]
  M: number,
): Float64Array[] {
  const values = [input];
  for (const [i, layer] of layers.entries()) {
    const z = denseForward(layer, values[i]!, M);
    values.push(i === layers.length - 1 ? z : reluForward(z));
  }
  return values;
}

/**
 * Back-propagation: the gradients of every layer, computed from the last layer to the first one. The gradient
 * of a layer's input is that of the output of the layer before it.
 */
export function backward(
  layers: readonly ReadableLayer[],
  values: readonly Float64Array[], // by `forward`: [M, K] for each layer, then [M, N]
  dLogits: Float64Array, // [M, N of the last layer]
  M: number,
): ReadableGradients[] {
  const gradients: ReadableGradients[] = [];
  let dz = dLogits;
  for (let i = layers.length - 1; i >= 0; i--) {
    const { dWeight, dBias, dInput } = denseBackward(layers[i]!, values[i]!, dz, M);
    gradients.unshift({ dWeight, dBias });
    if (i > 0) dz = reluBackward(values[i]!, dInput);
  }
  return gradients;
}

/** Stochastic gradient descent: every parameter takes a step against its gradient. */
export function descend(
  layers: readonly ReadableLayer[],
  gradients: readonly ReadableGradients[],
  learningRate: number,
): void {
  for (const [i, { weight, bias }] of layers.entries()) {
    const { dWeight, dBias } = gradients[i]!;
    for (let j = 0; j < weight.length; j++) weight[j]! -= learningRate * dWeight[j]!;
    for (let n = 0; n < bias.length; n++) bias[n]! -= learningRate * dBias[n]!;
  }
}

/** What a network learns from: M inputs, and for each the probabilities that it should give. */
export interface ReadableBatch {
  readonly M: number;
  /** [M, inputs of the network] */
  readonly input: Float64Array;
  /** [M, classes]; 1 for the label and 0 for the rest, or any probabilities */
  readonly targets: Float64Array;
}

/** The mean loss of a batch, and its gradients. */
export function lossAndGradients(
  layers: readonly ReadableLayer[],
  { M, input, targets }: ReadableBatch,
): { readonly loss: number; readonly gradients: ReadableGradients[] } {
  const values = forward(layers, input, M);
  const probabilities = softmax(values.at(-1)!, M);
  const loss = crossEntropy(probabilities, targets, M);
  const dLogits = softmaxCrossEntropyBackward(probabilities, targets, M);
  return { loss, gradients: backward(layers, values, dLogits, M) };
}

/** One step of training: forward → loss → backward → update. Returns the loss before the step. */
export function trainStep(
  layers: readonly ReadableLayer[],
  batch: ReadableBatch,
  learningRate: number,
): number {
  const { loss, gradients } = lossAndGradients(layers, batch);
  descend(layers, gradients, learningRate);
  return loss;
}
