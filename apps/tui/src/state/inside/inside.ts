// The view into the network as a mode: what a small window shows of it.

import type { Mode } from '../mode.ts';

/** What a window without a place for everything shows: a layer, or one part about the neuron. */
export const insidePages = ['layer', 'weights', 'examples'] as const;
export type InsidePage = (typeof insidePages)[number];

export type InsideMode = Extract<Mode, { type: 'inside' }>;

export const insideMode: InsideMode = { type: 'inside', page: 'layer', layer: 1, index: undefined };
