// The reducer of the list of corrections.

import type { CorrectionAction } from '../action.ts';
import { noLearning } from '../learning/learning.ts';
import type { State } from '../state.ts';
import { type CorrectionReview, listedCorrections } from './corrections.ts';

export function reduceCorrections(state: State, action: CorrectionAction): State {
  const { review } = state;
  switch (action.type) {
    case 'corrections-listed':
      return withRowInside({
        ...state,
        review: { ...review, list: { ...review.list, ...action.list } },
      });
    case 'suspects-found':
      return { ...state, review: { ...review, suspects: action.suspects } };
    case 'suspect-confirmed': {
      const confirmed = [...new Set([...review.confirmed, action.id])];
      return withoutPlan({ ...state, review: { ...review, confirmed } });
    }
    case 'correction-removed':
      return withoutPlan(withRowInside({ ...state, review: without(review, action.id) }));
    case 'correction-row-moved':
      return withRow(state, row => row + action.steps);
    case 'correction-row-selected':
      return withRow(state, () => action.row);
    case 'correction-undone': {
      const { saved } = state.corrections;
      const corrections = { ...state.corrections, saved: Math.max(saved - 1, 0) };
      return withoutPlan({ ...state, corrections, correctedRaster: action.raster });
    }
  }
}

function without({ list, suspects, confirmed }: CorrectionReview, id: string): CorrectionReview {
  const isOther = (one: { readonly id: string }) => one.id !== id;
  return {
    list: { ...list, items: list.items.filter(isOther) },
    suspects: suspects.filter(isOther),
    confirmed: confirmed.filter(one => one !== id),
  };
}

/** What a training would learn from has changed: it is counted again before the next one. */
function withoutPlan(state: State): State {
  return state.learning.type === 'checked' ? { ...state, learning: noLearning } : state;
}

function withRowInside(state: State): State {
  return withRow(state, row => row);
}

function withRow(state: State, move: (row: number) => number): State {
  const { mode, review } = state;
  if (mode.type !== 'corrections') return state;
  const last = Math.max(listedCorrections(review).length - 1, 0);
  const row = Math.min(Math.max(move(mode.row), 0), last);
  return row === mode.row ? state : { ...state, mode: { ...mode, row } };
}
