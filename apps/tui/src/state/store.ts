// The store of the current state; outside React, since mouse events and predictions are too.

import type { Action } from './action.ts';
import { reduce } from './reducer.ts';
import type { State } from './state.ts';

export interface Store {
  getState(): State;
  /** Applies an action; listeners have run when this returns, except within a batch. */
  dispatch(action: Action): void;
  /** Runs listeners once for all that is dispatched during the work, when it is done. */
  batch(work: () => void): void;
  /** @returns a function that ends the subscription. */
  subscribe(listener: () => void): () => void;
}

export function createStore(initial: State): Store {
  let state = initial;
  const listeners = new Set<() => void>();
  let isBatching = false;

  const notify = () => {
    for (const listener of listeners) listener();
  };

  return {
    getState: () => state,
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      if (!isBatching) notify();
    },
    batch(work) {
      if (isBatching) return work();
      const before = state;
      isBatching = true;
      try {
        work();
      } finally {
        isBatching = false;
        if (state !== before) notify();
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
