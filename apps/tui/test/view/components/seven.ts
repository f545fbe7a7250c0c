// A seven: its strokes, and its prediction with an explanation.

import type { Action } from '../../../src/state/action.ts';
import { sevenPrediction } from '../../fake-service.ts';

export const sevenStrokes = [
  [
    [7.5, 7],
    [20.5, 7],
    [12.5, 23],
  ],
] as const;

export const drawSeven: readonly Action[] = [
  { type: 'stroke-began', at: [7.5, 7], timeMs: 0 },
  { type: 'stroke-continued', to: [20.5, 7], timeMs: 1 },
  { type: 'stroke-continued', to: [12.5, 23], timeMs: 2 },
  { type: 'stroke-ended' },
];

/** A single pixel in the middle. */
export const seenPixels = Array.from({ length: 784 }, (_, index) =>
  index === 14 * 28 + 14 ? 1 : 0,
);
export const explained = {
  ...sevenPrediction,
  latencyMs: 12.3,
  seen: seenPixels,
  saliency: seenPixels,
};
