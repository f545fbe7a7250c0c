// --replay: feeds a recorded session to the app.

import { FileReadError, readRegularFileSync } from '@digits/files';
import { AppError, systemErrorText } from '../app-error.ts';
import { readSessionEvent, type SessionEvent } from './session-event.ts';

/** An hour of drawing takes about ten megabytes. */
const maxSessionBytes = 64 * 1024 * 1024;

/** At the recorded speed, or without waiting. */
export type ReplaySpeed = 'recorded' | 'max';

export interface ReplayTarget {
  readonly input: (bytes: Uint8Array) => void;
  readonly resize: (columns: number, rows: number) => void;
}

/** @throws AppError `session-not-readable`, `session-malformed` */
export function readSession(file: string): SessionEvent[] {
  return linesOf(file).flatMap((line, index) =>
    line.trim() === '' ? [] : [readSessionEvent(line, index + 1)],
  );
}

/**
 * Plays events in their order; one with an earlier time than its predecessor follows it at once.
 * Settles when the last event has been played, or the signal is aborted.
 */
export async function replaySession(
  events: readonly SessionEvent[],
  target: ReplayTarget,
  { speed, signal }: { readonly speed: ReplaySpeed; readonly signal: AbortSignal },
): Promise<void> {
  const begun = performance.now();
  for (const event of events) {
    // The event loop must run between two events, also at full speed, so that frames are drawn.
    const waitMs = speed === 'max' ? 0 : begun + event.t - performance.now();
    await pause(Math.max(0, waitMs), signal);
    if (signal.aborted) return;
    if (event.type === 'input') target.input(event.bytes);
    else if (event.type === 'resize') target.resize(event.columns, event.rows);
  }
}

function linesOf(file: string): string[] {
  try {
    return readRegularFileSync(file, maxSessionBytes).toString().split('\n');
  } catch (cause) {
    const reason = cause instanceof FileReadError ? cause.message : systemErrorText(cause);
    const message = `The session ${file} cannot be read: ${reason}.`;
    throw new AppError('session-not-readable', message, { cause });
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
