// One dense layer: its parameters, and the forward and backward pass over a batch side by side.
//
//   M  rows of the batch      K  inputs      N  outputs
import type { Activation, Kernels } from '../kernels/kernels.ts';
import type { Random } from '../random.ts';

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

/**
 * Given dOutput[M, N], the gradient by the layer's output, fills the gradients by its parameters
 * and, unless dInput is null, by its input[M, K]. For a ReLU layer dOutput is overwritten with the
 * gradient before the activation, which ReLU's own output tells: it is 0 just where that is.
 */
export function denseBackward(
  kernels: Kernels,
  layer: DenseLayer,
  gradients: DenseGradients,
  pass: {
    readonly input: Float32Array;
    readonly output: Float32Array;
    readonly dOutput: Float32Array;
    readonly dInput: Float32Array | null;
  },
  M: number,
): void {
  const shape = { M, K: layer.inputs, N: layer.outputs };
  const { input, output, dOutput, dInput } = pass;
  if (layer.activation === 'relu') kernels.reluGradient(dOutput, output, M * layer.outputs);
  kernels.denseParameterGradients(gradients.dWeight, gradients.dBias, input, dOutput, shape);
  if (dInput) kernels.denseInputGradient(dInput, dOutput, layer.weight, shape);
}
