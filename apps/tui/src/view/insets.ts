// The parts of the screen that bypass Ink.

import type { State } from '../state/state.ts';
import { createCanvasInset, memoizeLast } from './canvas/canvas-inset.ts';
import type { Inset, Insets } from './canvas/canvas-placeholder.ts';
import { createInsideInset } from './inside/inside-inset.ts';

/** @returns a function of the state; it returns the same object as before if no inset changed. */
export function createInsets(): (state: State) => Insets {
  const canvasOf = createCanvasInset();
  const insideOf = createInsideInset();
  const both = memoizeLast(
    (canvas: Inset | undefined, inside: Inset | undefined): Insets => ({ canvas, inside }),
  );
  return state => both(canvasOf(state), insideOf(state));
}
