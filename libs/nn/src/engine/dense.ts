// One dense layer: its parameters, its forward pass and its backward pass, over a batch.
//
//   M  rows of the batch      K  inputs of the layer      N  outputs of the layer
//
//   forward    z = input · weight + bias           [M, N]
//              output = activation(z)              [M, N]
//   backward   dz = dOutput ⊙ activation′(z)       [M, N]
//              dWeight = inputᵀ · dz               [K, N]
//              dBias = Σ over rows of dz           [N]
//              dInput = dz · weightᵀ               [M, K]

import type { DenseGradients, DenseParameters, Kernels } from './kernels/kernels.ts';
import type { Random } from './random.ts';

/** K inputs, N outputs, and its parameters: weight [K, N] and bias [N]. */
export interface DenseLayer extends DenseParameters {
  readonly inputs: number;
  readonly outputs: number;
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

/** The arrays of one layer's forward and backward pass. */
export interface DensePass {
  /** rows of the batch */
  readonly M: number;
  /** [M, inputs] */
  readonly input: Float32Array;
  /** [M, outputs] */
  readonly output: Float32Array;
  /** [M, outputs], the gradient of the loss by `output`; `activationBackward` turns it into dz */
  readonly dOutput: Float32Array;
}

/** Fills `output`. */
export function denseForward(
  kernels: Kernels,
  layer: DenseLayer,
  { M, input, output }: Omit<DensePass, 'dOutput'>,
): void {
  const shape = { M, K: layer.inputs, N: layer.outputs };
  kernels.denseForward(output, input, layer, shape);
}

/** Turns dOutput into dz, in place: ReLU passes a gradient on where its output is above 0. */
export function activationBackward(
  kernels: Kernels,
  layer: DenseLayer,
  { M, output, dOutput }: DensePass,
): void {
  if (layer.activation === 'identity') return;
  kernels.reluBackward(dOutput, output, M * layer.outputs);
}

/** Fills the gradients by weight and bias, after `activationBackward`. */
export function parametersBackward(
  kernels: Kernels,
  layer: DenseLayer,
  { M, input, dOutput }: DensePass,
  gradients: DenseGradients,
): void {
  const shape = { M, K: layer.inputs, N: layer.outputs };
  kernels.denseParameterGradients(gradients, input, dOutput, shape);
}

/**
 * Fills the gradient by the input, after `activationBackward`.
 *
 * @param dInput [M, inputs]
 */
export function inputBackward(
  kernels: Kernels,
  layer: DenseLayer,
  { M, dOutput }: DensePass,
  dInput: Float32Array,
): void {
  const shape = { M, K: layer.inputs, N: layer.outputs };
  kernels.denseInputGradient(dInput, dOutput, layer.weight, shape);
}
