// The selected neuron in the view into the network, and the request about it that is due.

import {
  type InsideView,
  type NeuronRequest,
  nextNeuronRequest,
  rasterOf,
  type SelectedNeuron,
  type ShownLayer,
  selectionIn,
  shownLayersOf,
  shownPrediction,
} from '@digits/client';
import type { State } from '../state.ts';

/** @returns the hidden layers of the prediction on the screen; of a network without any its outputs. */
export function shownLayers(state: State): readonly ShownLayer[] {
  return shownLayersOf(shownPrediction(state)?.prediction);
}

/**
 * @returns the selected neuron with what is known of it, without a choice the one with the greatest output of
 *   its layer; `undefined` without layers
 */
export function selectionOf(state: State): SelectedNeuron | undefined {
  const view = viewOf(state);
  return view && selectionIn(view);
}

/** @returns whether predictions have to come with the outputs of the layers. */
export function needsLayers({ mode, inside }: Pick<State, 'mode' | 'inside'>): boolean {
  return mode.type === 'inside' && !inside.isUnsupported;
}

/** @returns the request that is due; none while another one is in flight, be it for a prediction. */
export function dueNeuronRequest(state: State): NeuronRequest | undefined {
  const { service, pendingRaster } = state;
  if (service.status !== 'connected' || pendingRaster !== undefined) return undefined;
  const view = viewOf(state);
  return view && nextNeuronRequest(view, rasterOf(state));
}

function viewOf(state: State): InsideView | undefined {
  const { mode, inside } = state;
  if (mode.type !== 'inside') return undefined;
  return { inside, choice: mode, predicted: shownPrediction(state) };
}
