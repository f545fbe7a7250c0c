// --replay: feeds a recorded session to the app.

import { readFileSync, statSync } from 'node:fs';
import { AppError } from '../app-error.ts';
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
    const { size } = statSync(file);
    if (size > maxSessionBytes) throw new Error(`it has more than ${maxSessionBytes} bytes`);
    return readFileSync(file, 'utf8').split('\n');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new AppError(
      'session-not-readable',
      `The session ${file} cannot be read: ${code ?? message}.`,
      { cause },
    );
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
