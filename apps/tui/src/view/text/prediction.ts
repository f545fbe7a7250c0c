// The prediction on the screen as a sentence for a screen reader.

import { isBlank } from '@digits/canvas';
import { predictionSentence, rasterOf, shownPrediction } from '@digits/client';
import { isStale, type State } from '../../state/state.ts';

export function spokenPrediction(state: State): string {
  if (isBlank(rasterOf(state))) return 'Nothing is drawn.';
  const { prediction } = shownPrediction(state) ?? {};
  if (prediction === undefined) return 'There is no prediction yet.';
  const stale = isStale(state) ? ' The drawing has changed since.' : '';
  return predictionSentence(prediction) + stale;
}
