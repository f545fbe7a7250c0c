// The store's state in a component, and when that has to render again. The canvas bypasses Ink, so
// a stroke changes nothing that a frame would have to be rendered for, but the text about it.

import { isReviewing } from '@digits/client';
import { useMemo, useSyncExternalStore } from 'react';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { emptyText } from './inside/inside-text.ts';
import { predictionStatus, toolLine } from './text/status.ts';

/** @param isEqual whether two states are shown alike; the earlier one is kept then. */
export function useStore(store: Store, isEqual: (one: State, other: State) => boolean): State {
  const getShown = useMemo(() => {
    let shown = store.getState();
    return () => {
      const state = store.getState();
      if (!isEqual(shown, state)) shown = state;
      return shown;
    };
  }, [store, isEqual]);
  return useSyncExternalStore(store.subscribe, getShown);
}

/**
 * Fields that change with every mouse report, request or event of a training; only the text about them is
 * compared. The answer, the view into the network and the training bypass Ink too.
 */
const comparedAsText: ReadonlySet<keyof State> = new Set([
  ...(['document', 'pen', 'pendingRaster', 'predicted', 'inside', 'watch'] as const),
]);

/** @returns whether two states are shown alike beside the canvas; `false` if they may differ. */
export function isPanelEqual(one: State, other: State): boolean {
  const names = Object.keys(one) as (keyof State)[];
  return (
    names.every(name => comparedAsText.has(name) || Object.is(one[name], other[name])) &&
    toolLine(one) === toolLine(other) &&
    predictionStatus(one) === predictionStatus(other) &&
    isReviewing(one) === isReviewing(other) &&
    (one.mode.type !== 'inside' || emptyText(one) === emptyText(other)) &&
    one.watch.choices === other.watch.choices &&
    one.watch.failure === other.watch.failure &&
    one.watch.isKept === other.watch.isKept &&
    one.watch.view?.isDone === other.watch.view?.isDone
  );
}
