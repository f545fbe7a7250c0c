// The view into the network as a mode: what a small window shows of it.

/** What a window without a place for everything shows: a layer, or one part about the neuron. */
export const insidePages = ['layer', 'weights', 'examples'] as const;
export type InsidePage = (typeof insidePages)[number];

/** The selected neuron, without an index the most active one of the layer, and what a small window shows of it. */
export interface InsideMode {
  readonly type: 'inside';
  readonly page: InsidePage;
  /** From 1. */
  readonly layer: number;
  readonly index: number | undefined;
}

export const insideMode: InsideMode = { type: 'inside', page: 'layer', layer: 1, index: undefined };
