// The store's state in a component, drawn anew when it changes.

import { useSyncExternalStore } from 'react';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';

export function useStore(store: Store): State {
  return useSyncExternalStore(store.subscribe, store.getState);
}
