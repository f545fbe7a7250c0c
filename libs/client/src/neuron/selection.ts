// The layers that are shown, and the neuron that is selected in them.

import type { Prediction } from '../prediction/prediction.ts';
import type { NeuronPosition } from './neuron.ts';

/** A layer as it is shown: its number, and the output of each of its neurons. */
export interface ShownLayer {
  /** From 1. */
  readonly layer: number;
  readonly values: readonly number[];
}

/** @returns the hidden layers of a prediction; of a network without any its outputs. */
export function shownLayersOf(
  prediction: Pick<Prediction, 'layers'> | undefined,
): readonly ShownLayer[] {
  const shown = (prediction?.layers ?? []).map((values, index) => ({ layer: index + 1, values }));
  return shown.length > 1 ? shown.slice(0, -1) : shown;
}

/** @returns how many neurons of a layer respond to the drawing. */
export function activeCount({ values }: Pick<ShownLayer, 'values'>): number {
  return values.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
}

export interface NeuronChoice {
  /** From 1. */
  readonly layer: number;
  /** Without one it is the neuron with the greatest output of its layer. */
  readonly index: number | undefined;
}

/** @returns the selected neuron, within the layers; `undefined` without layers. */
export function selectNeuron(
  layers: readonly ShownLayer[],
  choice: NeuronChoice,
): NeuronPosition | undefined {
  if (layers.length === 0) return undefined;
  const { layer, values } = layers[Math.min(choice.layer, layers.length) - 1]!;
  const index = choice.index ?? values.indexOf(Math.max(...values));
  return { layer, index: Math.min(Math.max(index, 0), values.length - 1) };
}

/** @returns the choice of the neuron that is so many further; beyond the ends of a layer there is none. */
export function moveChoice(
  layers: readonly ShownLayer[],
  choice: NeuronChoice,
  steps: number,
): NeuronPosition | undefined {
  const position = selectNeuron(layers, choice);
  if (position === undefined) return undefined;
  const index = position.index + steps;
  return selectNeuron(layers, { ...position, index });
}
