// One dense layer: its parameters, and the forward and backward pass over a batch side by side.
//
//   M  rows of the batch      K  inputs      N  outputs

import type { Activation, Kernels } from './kernels/kernels.ts';
import type { Random } from './random.ts';

export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  /** [inputs, outputs] */
  readonly weight: Float32Array;
  /** [outputs] */
  readonly bias: Float32Array;
}

/** Gradients of the mean loss over a batch, shaped like what they belong to. */
export interface DenseGradients {
  readonly dWeight: Float32Array;
  readonly dBias: Float32Array;
}

/**
 * A layer with weights from N(0, 2 / inputs), which keeps the variance through ReLU
 * (He, Zhang, Ren and Sun 2015), and biases 0.
 */
export function createDenseLayer(
  kernels: Kernels,
  random: Random,
  { inputs, outputs, activation }: Pick<DenseLayer, 'inputs' | 'outputs' | 'activation'>,
): DenseLayer {
  const weight = kernels.allocate(inputs * outputs);
  const deviation = Math.sqrt(2 / inputs);
  for (let i = 0; i < weight.length; i++) weight[i] = deviation * random.normal();
  return { inputs, outputs, activation, weight, bias: kernels.allocate(outputs) };
}

/** output[M, N] = activation(input[M, K] · weight[K, N] + bias[N]) */
export function denseForward(
  kernels: Kernels,
  layer: DenseLayer,
  output: Float32Array,
  input: Float32Array,
  M: number,
): void {
  const shape = { M, K: layer.inputs, N: layer.outputs };
  kernels.denseForward(output, input, layer.weight, layer.bias, shape, layer.activation);
}

/** The arrays of one layer's backward pass over M rows. */
export interface DensePass {
  /** [M, inputs] */
  readonly input: Float32Array;
  /** [M, outputs], as the forward pass left it */
  readonly output: Float32Array;
  /** [M, outputs], the gradient by the output; overwritten with the one before the activation */
  readonly dOutput: Float32Array;
  /** what units that were not dropped had been multiplied by, 1 without dropout */
  readonly keptScale: number;
}

/**
 * Takes dOutput back through the activation, which the output tells: where ReLU, or dropout after
 * it, gave 0 nothing passes.
 */
export function activationBackward(
  kernels: Kernels,
  layer: DenseLayer,
  { output, dOutput, keptScale }: DensePass,
  M: number,
): void {
  if (layer.activation === 'identity') return;
  kernels.reluBackward(dOutput, output, M * layer.outputs, keptScale);
}

/** Fills the gradients by weight and bias; dOutput has been through `activationBackward`. */
export function parametersBackward(
  kernels: Kernels,
  layer: DenseLayer,
  { dWeight, dBias }: DenseGradients,
  { input, dOutput }: DensePass,
  M: number,
): void {
  const shape = { M, K: layer.inputs, N: layer.outputs };
  kernels.denseParameterGradients(dWeight, dBias, input, dOutput, shape);
}

/** Fills dInput[M, inputs]; dOutput has been through `activationBackward`. */
export function inputBackward(
  kernels: Kernels,
  layer: DenseLayer,
  dInput: Float32Array,
  { dOutput }: DensePass,
  M: number,
): void {
  const shape = { M, K: layer.inputs, N: layer.outputs };
  kernels.denseInputGradient(dInput, dOutput, layer.weight, shape);
}
