// Ctrl+Z and `fg`: the shell gets its terminal as it was, and the app takes it back as it comes
// back. All of the job is stopped, as the terminal itself would have it: whatever started the app,
// and its own service. Ink is not told; between the two nothing reaches the terminal.

import type { TerminalOutput } from '../view/output/frame-output.ts';
import { enterScreen, leaveScreen } from './control-sequences.ts';

interface SuspenderOptions {
  readonly process: Pick<NodeJS.Process, 'kill' | 'on' | 'once' | 'off'>;
  readonly stdout: TerminalOutput;
  readonly releaseInput: () => void;
  readonly retakeInput: () => void;
  /** The screen is empty when this is called. */
  readonly redraw: () => void;
}

export interface Suspender {
  /** The terminal for all that draws. */
  readonly terminal: TerminalOutput;
  /** Stops the job; what comes after runs when it goes on. */
  suspend(): void;
}

/**
 * A job without a shell that could continue it cannot be stopped: the system ignores the attempt,
 * and the app goes on after this.
 */
const maxStopMs = 50;

/** Every process of the job. */
const thisJob = 0;

export function createSuspender(options: SuspenderOptions): Suspender {
  const { process, stdout } = options;
  let isSuspended = false;

  function suspend(): void {
    if (isSuspended) return;
    options.releaseInput();
    stdout.write(leaveScreen);
    isSuspended = true;
    process.off('SIGTSTP', suspend);
    const timer = setTimeout(resume, maxStopMs);
    process.once('SIGCONT', resume);
    process.kill(thisJob, 'SIGTSTP');

    function resume(): void {
      clearTimeout(timer);
      process.off('SIGCONT', resume);
      process.on('SIGTSTP', suspend);
      isSuspended = false;
      stdout.write(enterScreen);
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
