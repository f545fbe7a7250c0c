// A stack of dense layers, ReLU between them: its parameters, and the way forward through it.

import { createDenseLayer, type DenseLayer, denseForward } from './dense.ts';
import { dropOut } from './dropout.ts';
import type { Kernels } from './kernels/kernels.ts';
import type { Random } from './random.ts';

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

/** A network of the same weights in arrays of its own. */
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

/** [inputs, …hidden, classes] */
export function layerSizesOf({ layers }: Network): number[] {
  return [layers[0]!.inputs, ...layers.map(layer => layer.outputs)];
}

/** Every array of parameters by its name in a model file: `layers.<i>.weight`, `layers.<i>.bias`. */
export function parametersOf({ layers }: Network): Map<string, Float32Array> {
  return new Map(
    layers.flatMap(({ weight, bias }, i) => [
      [`layers.${i}.weight`, weight] as const,
      [`layers.${i}.bias`, bias] as const,
    ]),
  );
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

export interface Dropout {
  /** probability of a hidden unit to be dropped, 0…1 exclusive */
  readonly rate: number;
  readonly random: Random;
}

/**
 * Runs the first M rows of `activations.input` through the network.
 *
 * @param dropout for the gradients with dropout; training drops block by block (train/hidden.ts)
 * @returns the logits, [M, classes], owned by `activations`
 */
export function forward(
  { kernels, layers }: Network,
  activations: Activations,
  M: number,
  dropout: Dropout | null = null,
): Float32Array {
  let input = activations.input;
  for (const [i, layer] of layers.entries()) {
    const output = activations.outputs[i]!;
    denseForward(kernels, layer, output, input, M);
    if (dropout && layer.activation === 'relu') {
      dropOut(output, M * layer.outputs, dropout.rate, dropout.random);
    }
    input = output;
  }
  return input;
}
