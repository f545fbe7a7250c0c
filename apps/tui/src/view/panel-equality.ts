// Whether two states look the same beside the canvas. The canvas is drawn past Ink, so that a stroke
// changes nothing for which a frame would have to be worked out; of what a stroke does change, the
// words that are said about it count.

import type { State } from '../state/state.ts';
import { toolLine } from './text/status.ts';
import { isStale, predictionStatus } from './text/wording.ts';

/** What changes with every report of the mouse, or with every question. */
const shownAsText: ReadonlySet<keyof State> = new Set(['sheet', 'pen', 'pendingRaster']);

/** @returns false if there may be a difference. */
export function isPanelEqual(one: State, other: State): boolean {
  const names = Object.keys(one) as (keyof State)[];
  return (
    names.every(name => shownAsText.has(name) || Object.is(one[name], other[name])) &&
    toolLine(one) === toolLine(other) &&
    predictionStatus(one) === predictionStatus(other) &&
    isStale(one) === isStale(other)
  );
}
