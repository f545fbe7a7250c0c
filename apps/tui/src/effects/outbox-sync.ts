// Outbox sync: sends pending corrections when one is added and when the service comes back, and keeps
// their number in the state.

import { isAppError } from '../app-error.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Store } from '../state/store.ts';

/** @returns the outbox with an `add` that also sends, if there is a service */
export function startOutboxSync(store: Store, outbox: Outbox): Outbox {
  const warn = (text: string) =>
    store.dispatch({ type: 'notice-shown', notice: { text, isBad: true } });
  const isConnected = () => store.getState().service.status === 'connected';
  let wasConnected = isConnected();

  /** Shows what is wrong with the folder; the entries in it stay. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isAppError(error, 'outbox')) throw error;
      warn(error.message);
    }
  }

  async function countPending(): Promise<void> {
    const waiting = await outbox.pending();
    if (waiting === store.getState().corrections.waiting) return;
    store.dispatch({ type: 'corrections-counted', corrections: { waiting } });
  }

  outbox.onChange(event => {
    if (event.type === 'refused') warn(`The service refused a correction: ${event.why}`);
    void attempt(countPending);
  });
  store.subscribe(() => {
    const hasReconnected = isConnected() && !wasConnected;
    wasConnected = isConnected();
    if (hasReconnected) void attempt(outbox.flush);
  });
  void attempt(countPending);

  return {
    ...outbox,
    async add(entry) {
      const name = await outbox.add(entry);
      if (isConnected()) void attempt(outbox.flush);
      return name;
    },
  };
}
