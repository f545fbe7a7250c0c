// Leaves once, in this order, whatever the reason: the terminal as it was, the last words, our own
// service and learning ended and what was changed on disk, the exit code.

import { crashReport, type ExitEvent, exitCodeOf } from './terminal/exit-events.ts';

interface ShutdownOptions {
  /** Must do its work before it returns, and must not throw. */
  readonly restoreTerminal: () => void;
  /** Ends our own service and learning, and waits for what is being written. */
  readonly finishWork: () => Promise<void>;
  readonly writeCrashReport: (words: string) => void;
  readonly exit: (code: number) => void;
}

/** @returns what to call for any way out. A second way out does not wait for that work. */
export function createShutdown(options: ShutdownOptions): (wayOut: ExitEvent) => void {
  let exitCode: number | undefined;
  return wayOut => {
    if (exitCode !== undefined) return options.exit(exitCode);
    const code = exitCodeOf(wayOut);
    exitCode = code;
    options.restoreTerminal();
    options.writeCrashReport(crashReport(wayOut));
    void options.finishWork().finally(() => options.exit(code));
  };
}
