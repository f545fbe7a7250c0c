// The view into the network: what is known of its neurons, and which request about them is due.

import type { Raster } from '@digits/canvas';
import type { PredictedDrawing } from '../prediction/prediction-state.ts';
import { isSameNeuron, type Neuron, type NeuronActivation, type NeuronPosition } from './neuron.ts';
import { type NeuronChoice, selectNeuron, shownLayersOf } from './selection.ts';

/** A neuron for the drawing that it was requested for. */
export interface ActivatedNeuron {
  readonly raster: Raster;
  readonly activation: NeuronActivation;
}

/** Why the request about a neuron failed; can be shown. It is not repeated for the same one. */
export interface NeuronFailure {
  readonly position: NeuronPosition;
  /** Of the model that the prediction was by. */
  readonly version: string;
  readonly why: string;
}

export interface Inside {
  /** Whether the service does not show its layers: an old or a foreign one. */
  readonly isUnsupported: boolean;
  /** Whether a request about a neuron is in flight. */
  readonly isRequested: boolean;
  /** The last ones that were received; each may be of another neuron than the selected one. */
  readonly neuron: Neuron | undefined;
  readonly activated: ActivatedNeuron | undefined;
  readonly failure: NeuronFailure | undefined;
}

export const emptyInside: Inside = {
  isUnsupported: false,
  isRequested: false,
  neuron: undefined,
  activated: undefined,
  failure: undefined,
};

/** The requests about neurons, and their outcomes. */
export type NeuronAction =
  /** The service answered without layers, or refused to. */
  | { readonly type: 'layers-unsupported' }
  | { readonly type: 'neuron-requested' }
  | { readonly type: 'neuron-received'; readonly neuron: Neuron }
  | {
      readonly type: 'neuron-activated';
      readonly raster: Raster;
      readonly activation: NeuronActivation;
    }
  /** Without a failure it was cancelled. */
  | { readonly type: 'neuron-failed'; readonly failure: NeuronFailure | undefined };

export function reduceInside(inside: Inside, action: NeuronAction): Inside {
  switch (action.type) {
    case 'layers-unsupported':
      return { ...inside, isUnsupported: true };
    case 'neuron-requested':
      return { ...inside, isRequested: true };
    case 'neuron-received':
      return { ...inside, isRequested: false, neuron: action.neuron };
    case 'neuron-activated': {
      const { raster, activation } = action;
      return { ...inside, isRequested: false, activated: { raster, activation } };
    }
    case 'neuron-failed':
      return { ...inside, isRequested: false, failure: action.failure };
  }
}

/** What the view shows. */
export interface InsideView {
  readonly inside: Inside;
  readonly choice: NeuronChoice;
  /** The prediction on the screen. */
  readonly predicted: PredictedDrawing | undefined;
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
export function selectionIn({ inside, choice, predicted }: InsideView): SelectedNeuron | undefined {
  const position = selectNeuron(shownLayersOf(predicted?.prediction), choice);
  if (position === undefined || predicted === undefined) return undefined;
  const { neuron, activated, failure } = inside;
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

/** A request about the selected neuron, of the model that the prediction is by. */
export interface NeuronRequest {
  readonly position: NeuronPosition;
  readonly version: string;
  /** The drawing for which the neuron is requested; without one it is the neuron itself. */
  readonly raster: Raster | undefined;
}

/**
 * @param raster the current drawing
 * @returns the request that is due: for the neuron first, then for the neuron with the drawing; none
 *   while another one is in flight. Depends on the state alone.
 */
export function nextNeuronRequest(view: InsideView, raster: Raster): NeuronRequest | undefined {
  const { inside, predicted } = view;
  const selection = selectionIn(view);
  if (selection === undefined || selection.failure !== undefined) return undefined;
  if (inside.isRequested) return undefined;
  const { position, version, neuron, activation } = selection;
  if (neuron === undefined) return { position, version, raster: undefined };
  if (predicted?.raster !== raster) return undefined;
  const isKnown = activation !== undefined && inside.activated?.raster === raster;
  return isKnown ? undefined : { position, version, raster };
}
