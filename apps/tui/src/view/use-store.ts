// The store's state in a component, drawn anew when it changes.

import { useMemo, useSyncExternalStore } from 'react';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';

/** @param isSame whether two states look the same; the former one then stays. */
export function useStore(store: Store, isSame: (one: State, other: State) => boolean): State {
  const getShown = useMemo(() => {
    let shown = store.getState();
    return () => {
      const state = store.getState();
      if (!isSame(shown, state)) shown = state;
      return shown;
    };
  }, [store, isSame]);
  return useSyncExternalStore(store.subscribe, getShown);
}
