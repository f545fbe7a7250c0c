// Suspending with Ctrl+Z and resuming with `fg`: the shell gets its terminal as it was, and the app takes it
// back when it is continued, also after a stop by a signal. The whole job stops, as the terminal itself would stop
// it: what started the app, and its embedded service. Ink does not notice; between the two nothing is written.

import { windowSize } from '../state/terminal.ts';
import { enterScreen, enterSentences, leaveScreen, leaveSentences } from './control-sequences.ts';

/** The part of a TTY write stream that the app uses. */
export interface TerminalOutput {
  readonly columns: number;
  readonly rows: number;
  write(text: string, done?: (error?: Error | null) => void): boolean;
}

interface SuspenderOptions {
  readonly process: Pick<NodeJS.Process, 'kill' | 'on' | 'off' | 'platform'>;
  readonly stdout: TerminalOutput;
  readonly releaseInput: () => void;
  readonly retakeInput: () => void;
  /** Whether the app draws frames on the alternate screen, not sentences on the main one. */
  readonly drawsFrames: boolean;
  /** Called when the terminal is the app's again. */
  readonly redraw: () => void;
}

export interface Suspender {
  /** The terminal for everything that draws; while suspended it discards what is written. */
  readonly terminal: TerminalOutput;
  /** Stops the job; it resumes at SIGCONT. */
  suspend(): void;
  /** To be called when the app gives the terminal back for good. */
  close(): void;
}

/**
 * A job without a shell that could continue it cannot be stopped: the system ignores the signal, and
 * the app resumes after this time.
 */
const maxStopMs = 50;

/** Every process of the job: kill(2). */
const thisJob = 0;

export function createSuspender(options: SuspenderOptions): Suspender {
  const { process, stdout, drawsFrames } = options;
  let isSuspended = false;
  let timer: NodeJS.Timeout | undefined;

  function suspend(): void {
    // Windows has neither the signal nor `fg`.
    if (isSuspended || process.platform === 'win32') return;
    options.releaseInput();
    stdout.write(drawsFrames ? leaveScreen : leaveSentences);
    isSuspended = true;
    process.off('SIGTSTP', suspend);
    // After a stop, SIGCONT is handled between the two.
    timer = setTimeout(() => setImmediate(() => isSuspended && resume()), maxStopMs);
    process.kill(thisJob, 'SIGTSTP');
  }

  /**
   * SIGSTOP, and the terminal where a job in the background uses it, stop the app without notice: the shell
   * has changed the terminal then, and the modes are set once more.
   */
  function resume(): void {
    clearTimeout(timer);
    if (isSuspended) process.on('SIGTSTP', suspend);
    else options.releaseInput();
    isSuspended = false;
    // First, because it stops a job that is continued in the background before anything is written.
    options.retakeInput();
    stdout.write(drawsFrames ? enterScreen : enterSentences);
    options.redraw();
  }

  process.on('SIGTSTP', suspend);
  process.on('SIGCONT', resume);
  const terminal: TerminalOutput = {
    get columns() {
      return windowSize(stdout).columns;
    },
    get rows() {
      return windowSize(stdout).rows;
    },
    write(text, done) {
      if (!isSuspended) return stdout.write(text, done);
      done?.();
      return true;
    },
  };
  function close(): void {
    process.off('SIGTSTP', suspend);
    process.off('SIGCONT', resume);
  }

  return { terminal, suspend, close };
}
