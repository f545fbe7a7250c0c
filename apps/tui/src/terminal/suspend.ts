// Suspending with Ctrl+Z and resuming with `fg`: the shell gets its terminal as it was, and the app
// takes it back when it is continued. The whole job stops, as the terminal itself would stop it: what
// started the app, and its embedded service. Ink does not notice; between the two nothing is written.

import { enterScreen, enterSentences, leaveScreen, leaveSentences } from './control-sequences.ts';

/** The part of a TTY write stream that the app uses. */
export interface TerminalOutput {
  readonly columns: number;
  readonly rows: number;
  write(text: string, done?: (error?: Error | null) => void): boolean;
}

interface SuspenderOptions {
  readonly process: Pick<NodeJS.Process, 'kill' | 'on' | 'once' | 'off' | 'platform'>;
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

  function suspend(): void {
    // Windows has neither the signal nor `fg`.
    if (isSuspended || process.platform === 'win32') return;
    options.releaseInput();
    stdout.write(drawsFrames ? leaveScreen : leaveSentences);
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
      stdout.write(drawsFrames ? enterScreen : enterSentences);
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
