// The answer as it is inserted into a frame: its words and bars, the big digit, and what the network saw.
// Rendered again only when what it shows has changed.

import { type Prediction, shownPrediction } from '@digits/client';
import { isStale, type State, themeChoiceOf } from '../state/state.ts';
import { answerPanel, digitPanel } from './answer/answer-panels.ts';
import { seenPanel } from './answer/seen-panel.ts';
import { memoizeLast } from './canvas/canvas-inset.ts';
import type { Inset, Insets } from './canvas/canvas-placeholder.ts';
import { type DisplayStyle, displayStyleOf } from './display-style.ts';
import { type Area, type Layout, layoutOf, seenFormOf, viewOf } from './layout.ts';
import { sideOf } from './side.ts';

type AnswerInsets = Pick<Insets, 'answer' | 'digit' | 'seen'>;

const nothing: AnswerInsets = {};

/** @returns a function of the state, which returns the same object as before if nothing changed. */
export function createAnswerInsets(): (state: State) => AnswerInsets {
  const styleOf = memoizeLast(displayStyleOf);
  const layoutAt = memoizeLast(layoutOf);
  const insetsOf = memoizeLast(render);
  return state => {
    const { capabilities, isAscii, mode, window } = state;
    const layout = layoutAt(window, viewOf(mode));
    if (
      layout === undefined ||
      capabilities.isScreenReader ||
      sideOf(state, layout).type !== 'answer'
    ) {
      return nothing;
    }
    const style = styleOf(capabilities, themeChoiceOf(state), isAscii);
    return insetsOf(shownPrediction(state)?.prediction, isStale(state), layout, style);
  };
}

function render(
  prediction: Prediction | undefined,
  isOutdated: boolean,
  layout: Layout,
  style: DisplayStyle,
): AnswerInsets {
  const { answer, digit, seen } = layout.panels;
  const content = { prediction, isStale: isOutdated, style };
  const hasSmallPicture = seenFormOf(layout) === 'small';
  const form = { hasDigit: digit === undefined, hasSmallPicture };
  const insetIn = (area: Area | undefined, rowsOf: (area: Area) => string[]): Inset | undefined =>
    area && { rows: rowsOf(area), columns: area.columns };
  return {
    digit: insetIn(digit, area => digitPanel(content, area)),
    answer: insetIn(answer, area => answerPanel(content, area, form)),
    seen: insetIn(seen, area => seenPanel(content, area)),
  };
}
