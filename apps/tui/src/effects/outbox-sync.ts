// Keeps what waits in the outbox flowing: it is sent when something was added and when the service
// comes back, and the screen says how much still waits.

import { isAppError } from '../app-error.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Store } from '../state/store.ts';

/** @returns the outbox with an `add` that also sends, as soon as there is a service. */
export function startOutboxSync(store: Store, outbox: Outbox): Pick<Outbox, 'add'> {
  const tell = (text: string) =>
    store.dispatch({ type: 'notice-shown', notice: { text, isBad: true } });
  const isConnected = () => store.getState().service.status === 'connected';
  let wasConnected = isConnected();

  /** What is wrong with the folder is told; the drawings in it are not lost by that. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isAppError(error, 'outbox')) throw error;
      tell(error.message);
    }
  }

  async function count(): Promise<void> {
    const waiting = await outbox.pending();
    if (waiting === store.getState().corrections.waiting) return;
    store.dispatch({ type: 'corrections-counted', corrections: { waiting } });
  }

  outbox.onChange(event => {
    if (event.type === 'refused') tell(`The service does not take a correction: ${event.why}`);
    void attempt(count);
  });
  store.subscribe(() => {
    const cameBack = isConnected() && !wasConnected;
    wasConnected = isConnected();
    if (cameBack) void attempt(outbox.flush);
  });
  void attempt(count);

  return {
    async add(letter) {
      await outbox.add(letter);
      if (isConnected()) void attempt(outbox.flush);
    },
  };
}
