// How far a long run has got, on a terminal only, and only once it has taken a while.

/** Shorter runs are over before a line could be read. */
const firstAfterMs = 1000;
const everyMs = 200;

interface ProgressOptions {
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly total: number;
  readonly now?: () => number;
}

export interface Progress {
  /** One more is done. */
  step(): void;
  /** Takes the line away, so that others can write. */
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
