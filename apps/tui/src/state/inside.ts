// The view into the network: which neuron is selected, and what is known of it.

import type { Raster } from '@digits/canvas';
import type { Mode } from './mode.ts';
import type { Neuron, NeuronActivation, NeuronPosition } from './neuron.ts';

/** What a window without a place for everything shows: a layer, or one part about the neuron. */
export const insidePages = ['layer', 'weights', 'examples'] as const;
export type InsidePage = (typeof insidePages)[number];

export type InsideMode = Extract<Mode, { type: 'inside' }>;

/** A neuron for the drawing that it was requested for. */
export interface ActivatedNeuron {
  readonly raster: Raster;
  readonly activation: NeuronActivation;
}

/** Why the request about a neuron failed; printable. It is not repeated for the same one. */
export interface NeuronFailure {
  readonly position: NeuronPosition;
  /** Of the model that the prediction was by. */
  readonly version: string;
  readonly why: string;
}

export interface Inside {
  /** Whether the connected service does not show its layers: an old or a foreign one. */
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

export const insideMode: InsideMode = { type: 'inside', page: 'layer', layer: 1, index: undefined };
