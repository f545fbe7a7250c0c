// Ctrl+Z and `fg`: the shell gets its terminal as it was, and the app takes it back as it comes
// back. All of the job is stopped, as the terminal itself would have it: whatever started the app,
// and its own service. Ink is not told; between the two nothing reaches the terminal.

import { ENTER_SCREEN, LEAVE_SCREEN } from './terminal/control-sequences.ts';
import type { TerminalOutput } from './view/output/frame-output.ts';

type SuspendingOptions = {
  readonly process: Pick<NodeJS.Process, 'kill' | 'on' | 'once' | 'off'>;
  readonly stdout: TerminalOutput;
  readonly releaseInput: () => void;
  readonly retakeInput: () => void;
  /** The screen is empty when this is called. */
  readonly redraw: () => void;
};

export type Suspending = {
  /** The terminal for all that draws. */
  readonly terminal: TerminalOutput;
  /** Stops the job; what comes after runs when it goes on. */
  suspend(): void;
};

/**
 * A job without a shell that could continue it cannot be stopped: the system ignores the attempt,
 * and the app goes on after this.
 */
const STOPPED_BY_NOW_MS = 50;

/** Every process of the job. */
const THIS_JOB = 0;

export function createSuspending(options: SuspendingOptions): Suspending {
  const { process, stdout } = options;
  let isSuspended = false;

  function suspend(): void {
    if (isSuspended) return;
    options.releaseInput();
    stdout.write(LEAVE_SCREEN);
    isSuspended = true;
    process.off('SIGTSTP', suspend);
    const timer = setTimeout(goOn, STOPPED_BY_NOW_MS);
    process.once('SIGCONT', goOn);
    process.kill(THIS_JOB, 'SIGTSTP');

    function goOn(): void {
      clearTimeout(timer);
      process.off('SIGCONT', goOn);
      process.on('SIGTSTP', suspend);
      isSuspended = false;
      stdout.write(ENTER_SCREEN);
      options.retakeInput();
      options.redraw();
    }
  }

  process.on('SIGTSTP', suspend);
  const terminal: TerminalOutput = {
    get columns() {
      return stdout.columns;
    },
    get rows() {
      return stdout.rows;
    },
    write(text, done) {
      if (!isSuspended) return stdout.write(text, done);
      done?.();
      return true;
    },
  };
  return { terminal, suspend };
}
