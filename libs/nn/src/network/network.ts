// A stack of dense layers, ReLU between them: its parameters, and what one pass over a batch needs.
import type { Kernels } from '../kernels/kernels.ts';
import {
  createDenseLayer,
  type DenseGradients,
  type DenseLayer,
  denseBackward,
  denseForward,
} from '../layers/dense.ts';
import type { Random } from '../random.ts';

export interface Network {
  readonly kernels: Kernels;
  readonly layers: readonly DenseLayer[];
}

/** @param layerSizes inputs, hidden layers, classes: at least two positive integers */
export function createNetwork(
  kernels: Kernels,
  random: Random,
  layerSizes: readonly number[],
): Network {
  const last = layerSizes.length - 2;
  const layers = layerSizes.slice(1).map((outputs, i) =>
    createDenseLayer(kernels, random, {
      inputs: layerSizes[i]!,
      outputs,
      activation: i === last ? 'identity' : 'relu',
    }),
  );
  return { kernels, layers };
}

/** [inputs, …hidden, classes] */
export function layerSizesOf({ layers }: Network): number[] {
  return [layers[0]!.inputs, ...layers.map(layer => layer.outputs)];
}

/** Room for one forward pass over up to `capacity` rows. */
export interface Activations {
  readonly capacity: number;
  /** [capacity, inputs], filled by the caller */
  readonly input: Float32Array;
  /** for every layer [capacity, outputs]; the last one is the logits */
  readonly outputs: readonly Float32Array[];
}

export function createActivations({ kernels, layers }: Network, capacity: number): Activations {
  return {
    capacity,
    input: kernels.allocate(capacity * layers[0]!.inputs),
    outputs: layers.map(layer => kernels.allocate(capacity * layer.outputs)),
  };
}

/**
 * Runs the first M rows of `activations.input` through the network.
 *
 * @returns the logits, [M, classes], owned by `activations`
 */
export function forward({ kernels, layers }: Network, activations: Activations, M: number) {
  let input = activations.input;
  for (const [i, layer] of layers.entries()) {
    denseForward(kernels, layer, activations.outputs[i]!, input, M);
    input = activations.outputs[i]!;
  }
  return input;
}

/** Room for one backward pass over up to `capacity` rows. */
export interface Gradients {
  readonly parameters: readonly DenseGradients[];
  /** for every layer [capacity, outputs], the gradient by its output; overwritten on the way */
  readonly dOutputs: readonly Float32Array[];
}

export function createGradients({ kernels, layers }: Network, capacity: number): Gradients {
  return {
    parameters: layers.map(layer => ({
      dWeight: kernels.allocate(layer.weight.length),
      dBias: kernels.allocate(layer.bias.length),
    })),
    dOutputs: layers.map(layer => kernels.allocate(capacity * layer.outputs)),
  };
}

/**
 * Backpropagation. Expects the gradient of the loss by the logits in the last of
 * `gradients.dOutputs`; fills `gradients.parameters`. The gradient by the network's input, which
 * training has no use for, is not computed.
 */
export function backward(
  { kernels, layers }: Network,
  activations: Activations,
  gradients: Gradients,
  M: number,
): void {
  for (let i = layers.length - 1; i >= 0; i--) {
    const pass = {
      input: i === 0 ? activations.input : activations.outputs[i - 1]!,
      output: activations.outputs[i]!,
      dOutput: gradients.dOutputs[i]!,
      dInput: i === 0 ? null : gradients.dOutputs[i - 1]!,
    };
    denseBackward(kernels, layers[i]!, gradients.parameters[i]!, pass, M);
  }
}
