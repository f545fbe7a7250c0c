// The session of a benchmark: how many runs, where to report progress, when to stop.

import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Session {
  /** number of values of every measurement */
  readonly runs: number;
  readonly signal: AbortSignal;
  /** called before each measurement with its name and the number of its run, from 1 */
  readonly progress: (what: string, run: number) => void;
}

/**
 * Reports the next measurement and yields to the event loop, so that an interruption is noticed.
 *
 * @throws the signal's reason when it is aborted
 */
export async function announce(session: Session, what: string, run: number): Promise<void> {
  session.progress(what, run);
  await nextTurn();
  session.signal.throwIfAborted();
}
