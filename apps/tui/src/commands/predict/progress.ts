// The progress of a long run, on a terminal only, and only after a while.

/** Shorter runs show no progress. */
const firstAfterMs = 1000;
const everyMs = 200;

interface ProgressOptions {
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly total: number;
  readonly now?: () => number;
}

export interface Progress {
  /** Counts one more picture. */
  step(): void;
  /** Erases the line, so that others can be written. */
  clear(): void;
}

export function createProgress({ stderr, total, now = Date.now }: ProgressOptions): Progress {
  let done = 0;
  let shownAt = now() + firstAfterMs - everyMs;
  let isShown = false;
  return {
    step() {
      done++;
      if (!stderr.isTTY || now() < shownAt + everyMs) return;
      shownAt = now();
      isShown = true;
      stderr.write(`\r${done} of ${total} pictures\u{1b}[K`);
    },
    clear() {
      if (isShown) stderr.write('\r\u{1b}[K');
      isShown = false;
    },
  };
}
