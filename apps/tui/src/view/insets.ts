// The parts of the screen that bypass Ink.

import type { State } from '../state/state.ts';
import { createAnswerInsets } from './answer-insets.ts';
import { createCanvasInset, memoizeLast } from './canvas/canvas-inset.ts';
import type { Inset, Insets } from './canvas/canvas-placeholder.ts';
import { createNetworkInsets } from './network-inset.ts';

/** @returns a function of the state; it returns the same object as before if no inset changed. */
export function createInsets(): (state: State) => Insets {
  const canvasOf = createCanvasInset();
  const answerOf = createAnswerInsets();
  const networkOf = createNetworkInsets();
  const all = memoizeLast(
    (canvas: Inset | undefined, answer: Insets, network: Insets): Insets => ({
      canvas,
      ...answer,
      ...network,
    }),
  );
  return state => all(canvasOf(state), answerOf(state), networkOf(state));
}
