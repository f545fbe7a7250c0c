// One dense layer on kernels: its parameters, its forward pass, and the gradient by its input, over a batch.
// readable.ts has the same in plain loops, and the gradients by the parameters, which training/parallel/
// computes in its update.
//
//   M  rows of the batch      K  inputs of the layer      N  outputs of the layer
//
//   forward    z = input · weight + bias           [M, N]
//              output = activation(z)              [M, N]
//   backward   dz = dOutput ⊙ activation′(z)       [M, N]
//              dInput = dz · weightᵀ               [M, K]

import type { DenseParameters, Kernels } from './kernels/kernels.ts';
import type { Random } from './random.ts';

/** A dense layer with K inputs, N outputs, and the parameters weight [K, N] and bias [N]. */
export interface DenseLayer extends DenseParameters {
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * Creates a layer with biases of 0 and weights from N(0, 2 / inputs), which preserves the variance of
 * the activations through ReLU (He, Zhang, Ren and Sun 2015).
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
  /** [M, outputs], the gradient of the loss with respect to `output`, or dz after `activationBackward` */
  readonly dOutput: Float32Array;
}

/** The forward pass: fills `output`. */
export function denseForward(
  kernels: Kernels,
  layer: DenseLayer,
  { M, input, output }: Omit<DensePass, 'dOutput'>,
): void {
  const shape = { M, K: layer.inputs, N: layer.outputs };
  kernels.denseForward(output, input, layer, shape);
}

/** dOutput ← dz = dOutput ⊙ activation′(z), in place; ReLU′ is 1 where the output is above 0, else 0. */
export function activationBackward(
  kernels: Kernels,
  layer: DenseLayer,
  { M, output, dOutput }: DensePass,
): void {
  if (layer.activation === 'identity') return;
  kernels.reluBackward(dOutput, output, M * layer.outputs);
}

/**
 * Fills the gradient with respect to the input; call `activationBackward` first.
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
