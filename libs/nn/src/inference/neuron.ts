// What the neurons of a network do: their outputs for an image, and their weights carried back to the input
// and on to the classes. Layers count as in `layerSizes`: 0 is the input, 1 the first hidden layer.
//
//   K  inputs of a layer      N  outputs of a layer      hₗ  outputs of layer l, after ReLU
//   Wₗ [K, N]  weights from layer l − 1 to layer l
//   Dₗ  the diagonal matrix of ReLU′: 1 for the neurons of layer l that are active, 0 for the others

import type { DenseLayer } from '../engine/dense.ts';
import { forward, type Network } from '../engine/network.ts';
import type { Model } from './model.ts';

/** Where a neuron is. */
export interface NeuronPosition {
  /** 1 … number of layers; the last one has the logits */
  readonly layer: number;
  /** 0 … outputs of the layer − 1 */
  readonly index: number;
}

/** For every layer after the input its outputs for one image, [N]; the last one has the logits. */
export type LayerOutputs = readonly Float32Array[];

/**
 * Runs one image through the network.
 *
 * @param pixels [inputs], 0…1, from the model's preprocessing; not kept
 * @returns new arrays
 */
export function layerOutputs({ network, activations }: Model, pixels: Float32Array): LayerOutputs {
  activations.input.set(pixels);
  forward(network, activations, 1);
  return activations.outputs.map(output => output.slice());
}

/** Whether the network has a neuron at that position. */
export function hasNeuron({ layers }: Network, { layer, index }: NeuronPosition): boolean {
  return index >= 0 && index < (layers[layer - 1]?.outputs ?? 0);
}

/** @returns the neuron's bias, and its column of Wₗ, [K], a new array */
export function neuronParameters({ layers }: Network, { layer, index }: NeuronPosition) {
  const parameters = layers[layer - 1]!;
  return { bias: parameters.bias[index]!, weights: columnOf(parameters, index) };
}

/** The weights of a layer and their dimensions. */
export type WeightMatrix = Pick<DenseLayer, 'inputs' | 'outputs' | 'weight'>;

function columnOf({ inputs, outputs, weight }: WeightMatrix, index: number): Float32Array {
  const column = new Float32Array(inputs);
  for (let k = 0; k < inputs; k++) column[k] = weight[k * outputs + index]!;
  return column;
}

/** @returns [K], −1…1: the neuron's column of W, divided by its largest weight; a new array */
export function scaledWeights(matrix: WeightMatrix, index: number): Float32Array {
  const column = columnOf(matrix, index);
  const largest = column.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return largest === 0 ? column : column.map(value => value / largest);
}

/** The neurons with the largest sums of squared weights, largest first. */
export function strongestNeurons(
  { weight, inputs, outputs }: WeightMatrix,
  count: number,
): number[] {
  const strengths = new Float64Array(outputs);
  for (let k = 0; k < inputs; k++) {
    for (let n = 0; n < outputs; n++) strengths[n]! += weight[k * outputs + n]! ** 2;
  }
  return Array.from(strengths.keys())
    .sort((a, b) => strengths[b]! - strengths[a]!)
    .slice(0, count);
}

/**
 * Carries a neuron's weights w back to the input: W₁ · D₁ · W₂ · D₂ · … · w.
 *
 * With the outputs for an image this is the gradient of the neuron's value before its ReLU with respect to
 * the image (Simonyan, Vedaldi and Zisserman 2014): exact in a neighbourhood of the image, because a network of
 * ReLUs is piecewise linear. Without them every D is the identity, which gives the expanded weights
 * of Voss et al. 2021 ("Visualizing Weights", Distill).
 *
 * @param outputs for the image, by `layerOutputs`
 * @returns [inputs of the network], a new array
 */
export function weightsToInput(
  network: Network,
  position: NeuronPosition,
  outputs?: LayerOutputs,
): Float32Array {
  let values = neuronParameters(network, position).weights;
  for (let l = position.layer - 1; l > 0; l--) {
    if (outputs) keepActive(values, outputs[l - 1]!);
    values = multiplyBack(network.layers[l - 1]!, values);
  }
  return values;
}

/**
 * Carries a neuron's output on to the logits: eᵢ · Wₗ₊₁ · Dₗ₊₁ · … · W of the last layer, where eᵢ is 1 at the
 * neuron. With the outputs for an image this is the gradient of the logits with respect to the neuron's
 * output; without them every D is the identity.
 *
 * @param outputs for the image, by `layerOutputs`
 * @returns [classes], a new array
 */
export function weightsToClasses(
  { layers }: Network,
  { layer, index }: NeuronPosition,
  outputs?: LayerOutputs,
): Float32Array {
  let values = new Float32Array(layers[layer - 1]!.outputs);
  values[index] = 1;
  for (let l = layer + 1; l <= layers.length; l++) {
    values = multiplyOn(layers[l - 1]!, values);
    if (outputs && l < layers.length) keepActive(values, outputs[l - 1]!);
  }
  return values;
}

/** values ← values · D, in place */
function keepActive(values: Float32Array, outputs: Float32Array): void {
  for (let i = 0; i < values.length; i++) if (outputs[i]! <= 0) values[i] = 0;
}

/** @returns weight[K, N] · values[N] */
function multiplyBack({ inputs, outputs, weight }: DenseLayer, values: Float32Array) {
  const product = new Float32Array(inputs);
  for (let k = 0; k < inputs; k++) {
    let sum = 0;
    for (let n = 0; n < outputs; n++) sum += weight[k * outputs + n]! * values[n]!;
    product[k] = sum;
  }
  return product;
}

/** @returns values[K] · weight[K, N] */
function multiplyOn({ inputs, outputs, weight }: DenseLayer, values: Float32Array) {
  const product = new Float32Array(outputs);
  for (let k = 0; k < inputs; k++) {
    const value = values[k]!;
    if (value === 0) continue;
    for (let n = 0; n < outputs; n++) product[n]! += value * weight[k * outputs + n]!;
  }
  return product;
}
