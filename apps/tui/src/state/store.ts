// The store of the current state; outside React, since mouse events and predictions are too.

import type { Action } from './action.ts';
import { reduce } from './reducer.ts';
import type { State } from './state.ts';

export interface Store {
  getState(): State;
  /** Applies an action; listeners have run when this returns. */
  dispatch(action: Action): void;
  /** @returns a function that ends the subscription. */
  subscribe(listener: () => void): () => void;
}

export function createStore(initial: State): Store {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    getState: () => state,
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
