// The layers that are shown, the selected neuron with what is known of it, and the request about it that
// is due.

import type { Raster } from '@digits/canvas';
import type { Neuron, NeuronActivation, NeuronPosition } from './neuron.ts';
import { rasterOf, type State, shownPrediction } from './state.ts';

/** A layer as it is shown: its number, and the output of each of its neurons. */
export interface ShownLayer {
  /** From 1. */
  readonly layer: number;
  readonly values: readonly number[];
}

/** @returns the hidden layers of the prediction on the screen; of a network without any its outputs. */
export function shownLayers(state: State): readonly ShownLayer[] {
  const layers = shownPrediction(state)?.prediction.layers ?? [];
  const shown = layers.map((values, index) => ({ layer: index + 1, values }));
  return shown.length > 1 ? shown.slice(0, -1) : shown;
}

/** @returns the selected neuron; without a choice the one with the greatest output of its layer. */
export function selectedNeuron(state: State): NeuronPosition | undefined {
  const { mode } = state;
  const layers = shownLayers(state);
  if (mode.type !== 'inside' || layers.length === 0) return undefined;
  const { layer, values } = layers[Math.min(mode.layer, layers.length) - 1]!;
  const index = mode.index ?? values.indexOf(Math.max(...values));
  return { layer, index: Math.min(Math.max(index, 0), values.length - 1) };
}

export function isSameNeuron(
  one: NeuronPosition | undefined,
  other: NeuronPosition | undefined,
): boolean {
  return one?.layer === other?.layer && one?.index === other?.index;
}

/** What is known of the selected neuron. */
export interface SelectedNeuron {
  readonly position: NeuronPosition;
  /** Of the model that the prediction is by. */
  readonly version: string;
  /** Its output for the drawing. */
  readonly value: number;
  readonly neuron: Neuron | undefined;
  /** For the drawing of the prediction on the screen. */
  readonly activation: NeuronActivation | undefined;
  readonly failure: string | undefined;
}

/** @returns the selected neuron with what is known of it; `undefined` without layers. */
export function selectionOf(state: State): SelectedNeuron | undefined {
  const position = selectedNeuron(state);
  const predicted = shownPrediction(state);
  if (position === undefined || predicted === undefined) return undefined;
  const { neuron, activated, failure } = state.inside;
  const { version } = predicted.prediction.model;
  const isOf = (one: Neuron | NeuronActivation | undefined) =>
    isSameNeuron(one, position) && one?.model.version === version;
  return {
    position,
    version,
    value: predicted.prediction.layers?.[position.layer - 1]?.[position.index] ?? 0,
    neuron: isOf(neuron) ? neuron : undefined,
    // While one draws the former picture stays until the next one is there.
    activation: isOf(activated?.activation) ? activated?.activation : undefined,
    failure:
      isSameNeuron(failure?.position, position) && failure?.version === version
        ? failure?.why
        : undefined,
  };
}

/** @returns whether predictions have to come with the outputs of the layers. */
export function needsLayers({ mode, inside }: Pick<State, 'mode' | 'inside'>): boolean {
  return mode.type === 'inside' && !inside.isUnsupported;
}

/** A request about the selected neuron, of the model that the prediction is by. */
export interface NeuronRequest {
  readonly position: NeuronPosition;
  readonly version: string;
  /** The drawing for which the neuron is requested; without one it is the neuron itself. */
  readonly raster: Raster | undefined;
}

/**
 * @returns the request that is due; none while another one is in flight, be it for a prediction. Depends
 *   on the state alone.
 */
export function dueNeuronRequest(state: State): NeuronRequest | undefined {
  const { service, pendingRaster, inside } = state;
  const selection = selectionOf(state);
  if (selection === undefined || selection.failure !== undefined) return undefined;
  if (service.status !== 'connected' || pendingRaster !== undefined || inside.isRequested) {
    return undefined;
  }
  const { position, version, neuron, activation } = selection;
  if (neuron === undefined) return { position, version, raster: undefined };
  const raster = rasterOf(state);
  if (shownPrediction(state)?.raster !== raster) return undefined;
  const isKnown = activation !== undefined && inside.activated?.raster === raster;
  return isKnown ? undefined : { position, version, raster };
}
