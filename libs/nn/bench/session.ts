// What every benchmark is given: how often to measure, whom to tell, and when to stop.

import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Session {
  /** values to take of everything that is measured */
  readonly runs: number;
  readonly signal: AbortSignal;
  /** told before something is measured: what, and which run of it, from 1 */
  readonly progress: (what: string, run: number) => void;
}

/**
 * Between two measurements: tells the next, and lets an interruption through.
 *
 * @throws the signal's reason when it is aborted
 */
export async function announce(session: Session, what: string, run: number): Promise<void> {
  session.progress(what, run);
  await nextTurn();
  session.signal.throwIfAborted();
}
