// The network on kernels: a stack of dense layers with ReLU between them, its forward pass, and the gradient by
// its input, for predictions and their saliency. It is tested against readable.ts, which is the same in
// plain loops with the whole of back-propagation; training/parallel/ trains.
//
//   M  rows of the batch

import {
  activationBackward,
  createDenseLayer,
  type DenseLayer,
  type DensePass,
  denseForward,
  inputBackward,
} from './dense.ts';
import type { Kernels } from './kernels/kernels.ts';
import type { Random } from './random.ts';

/** A network: its layers and the kernels that own their arrays. Outputs of a layer = inputs of the next. */
export interface Network {
  readonly kernels: Kernels;
  readonly layers: readonly DenseLayer[];
}

/**
 * Creates a network with random weights (createDenseLayer).
 *
 * @param layerSizes [inputs, …hidden, classes]: at least two positive integers
 */
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

/** A deep copy: the same parameters in new arrays of the same kernels. */
export function copyNetwork({ kernels, layers }: Network): Network {
  const copy = (values: Float32Array) => {
    const array = kernels.allocate(values.length);
    array.set(values);
    return array;
  };
  return {
    kernels,
    layers: layers.map(layer => ({
      ...layer,
      weight: copy(layer.weight),
      bias: copy(layer.bias),
    })),
  };
}

/** @returns [inputs, …hidden, classes] */
export function layerSizesOf({ layers }: Network): number[] {
  return [layers[0]!.inputs, ...layers.map(layer => layer.outputs)];
}

/**
 * The arrays of parameters (not copies) by their names in a model file: `layers.<i>.weight` and
 * `layers.<i>.bias`.
 */
export function parametersOf({ layers }: Network): Map<string, Float32Array> {
  return new Map(
    layers.flatMap(({ weight, bias }, i) => [
      [`layers.${i}.weight`, weight] as const,
      [`layers.${i}.bias`, bias] as const,
    ]),
  );
}

/** The arrays of a forward pass over up to `capacity` rows. */
export interface Activations {
  readonly capacity: number;
  /** [capacity, inputs], filled by the caller */
  readonly input: Float32Array;
  /** for every layer [capacity, outputs]; the last one is the logits */
  readonly outputs: readonly Float32Array[];
}

/** Allocates the arrays of a forward pass; they are freed with the kernels. */
export function createActivations({ kernels, layers }: Network, capacity: number): Activations {
  return {
    capacity,
    input: kernels.allocate(capacity * layers[0]!.inputs),
    outputs: layers.map(layer => kernels.allocate(capacity * layer.outputs)),
  };
}

/** For every layer [capacity, outputs]: the gradient of the loss with respect to its output. */
export type OutputGradients = readonly Float32Array[];

/** Allocates the output gradients of a backward pass over up to `capacity` rows. */
export function createOutputGradients(
  { kernels, layers }: Network,
  capacity: number,
): OutputGradients {
  return layers.map(layer => kernels.allocate(capacity * layer.outputs));
}

/**
 * Runs the first M rows of `activations.input` through the network.
 *
 * @returns the last array of `activations.outputs` (not a copy); its first M rows are the logits
 */
export function forward(
  { kernels, layers }: Network,
  activations: Activations,
  M: number,
): Float32Array {
  let input = activations.input;
  for (const [i, layer] of layers.entries()) {
    const output = activations.outputs[i]!;
    denseForward(kernels, layer, { M, input, output });
    input = output;
  }
  return input;
}

/** The arrays of a backward pass. */
export interface BackwardPass {
  /** filled by `forward` */
  readonly activations: Activations;
  /** the last one is the gradient with respect to the logits; the others are overwritten */
  readonly dOutputs: OutputGradients;
}

/**
 * Back-propagation (Rumelhart, Hinton and Williams 1986) to the input: computes dInput[M, inputs] from the
 * gradient with respect to the logits.
 */
export function backwardToInput(
  { kernels, layers }: Network,
  arrays: BackwardPass,
  dInput: Float32Array,
  M: number,
): void {
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i]!;
    const pass = layerPass(arrays, i, M);
    activationBackward(kernels, layer, pass);
    inputBackward(kernels, layer, pass, i === 0 ? dInput : arrays.dOutputs[i - 1]!);
  }
}

function layerPass({ activations, dOutputs }: BackwardPass, index: number, M: number): DensePass {
  return {
    M,
    input: index === 0 ? activations.input : activations.outputs[index - 1]!,
    output: activations.outputs[index]!,
    dOutput: dOutputs[index]!,
  };
}
