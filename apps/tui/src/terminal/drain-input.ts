// Discards what the terminal has sent and the app has not read, before the terminal is given back: the
// shell would take the rest of a flood, or the last mouse reports, for commands.

import { closeSync, constants, openSync, readSync } from 'node:fs';

/** A pause that ends the wait; the terminal switches the mouse off sooner. */
const quietMs = 20;
/** What a terminal still sends after that reaches the shell: leaving must not take longer. */
const maxDrainMs = 60;
const pollMs = 2;

export interface DrainSource {
  /** @returns the number of bytes that were discarded; 0 if none are there now */
  readonly read: () => number;
  readonly sleep: (ms: number) => void;
  readonly nowMs: () => number;
}

/** Reads until the terminal has been quiet for a moment, or the time is over. */
export function drain({ read, sleep, nowMs }: DrainSource): void {
  const begunMs = nowMs();
  let lastMs = begunMs;
  for (let now = begunMs; now < lastMs + quietMs && now < begunMs + maxDrainMs; now = nowMs()) {
    if (read() > 0) lastMs = nowMs();
    else sleep(pollMs);
  }
}

/** Blocks the event loop: nothing may run between the last byte that is read and the end of raw mode. */
export function drainTerminal(): void {
  let terminal: number | undefined;
  try {
    // Opened again, without blocking: with the descriptor of stdin a read could wait for a key.
    terminal = openSync('/dev/tty', constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    drain({ read: readerOf(terminal), sleep, nowMs: () => performance.now() });
  } catch {
    // The terminal is gone, or this process has none: nothing can be left in it.
  } finally {
    if (terminal !== undefined) closeSync(terminal);
  }
}

function readerOf(terminal: number): () => number {
  const buffer = Buffer.allocUnsafe(64 * 1024);
  return () => {
    try {
      return readSync(terminal, buffer);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      throw error;
    }
  };
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
