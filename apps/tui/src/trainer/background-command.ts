// One command of the workspace as a child process, in the background: its lines are handed on, and
// it is ended when it is no longer wanted or says what it should not. It never outlives this app,
// not even one that is killed outright: the IPC channel tells it (see in-background.ts).

import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { AppError } from '../app-error.ts';
import { collectStderrTail, printable } from '../untrusted-text.ts';
import { readLines } from './lines.ts';

export interface BackgroundCommand {
  /** The module to run, and what is loaded before it. */
  readonly script: string;
  readonly preload: string;
  readonly args: readonly string[];
  /** Given each line of stdout; what it throws ends the command. */
  readonly onLine: (line: string) => void;
  /** Aborted when it is no longer wanted. */
  readonly signal: AbortSignal;
  /** How long it may take to end once it is asked to: a checkpoint is written then. */
  readonly stopTimeoutMs: number;
}

/** How it ended by itself. */
export interface CommandResult {
  readonly exitCode: number;
  readonly stderr: string;
}

/** The table of the gate is the longest line: some ten kilobytes. */
const maxLineCharacters = 1 << 20;

/**
 * Settles when the process is gone. @throws AppError trainer-stopped, trainer-killed,
 * trainer-not-started, trainer-bad-output for a line without an end, or what `onLine` throws
 */
export async function runInBackground(command: BackgroundCommand): Promise<CommandResult> {
  const { signal, stopTimeoutMs } = command;
  if (signal.aborted) throw stoppedError();
  const child = start(command);
  const lastWords = collectStderrTail(child.stderr);
  const ending = waitForExit(child);
  let complaint: unknown;
  let timer: NodeJS.Timeout | undefined;

  function end(): void {
    // Not disconnect(): once the parent has called it, Node never emits the child's 'close'.
    child.kill('SIGTERM');
    timer ??= setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  }
  function complain(error: unknown): void {
    complaint ??= error;
    end();
  }
  handleLines(child, command.onLine, complain);
  signal.addEventListener('abort', end, { once: true });
  try {
    const gone = await ending;
    if (complaint !== undefined) throw complaint;
    if (signal.aborted) throw stoppedError();
    return { exitCode: exitCodeOf(gone), stderr: lastWords() };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

function start({ script, preload: background, args }: BackgroundCommand): ChildProcess {
  const preload = `--import=${pathToFileURL(background)}`;
  return spawn(process.execPath, [preload, script, ...args], {
    // What it writes to stderr is shown as plain text.
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** @param complain told of what comes of a line; the lines after that are not heard */
function handleLines(
  child: ChildProcess,
  onLine: (line: string) => void,
  complain: (error: unknown) => void,
): void {
  if (child.stdout === null) return;
  let isHeard = true;
  const refuse = (error: unknown) => {
    isHeard = false;
    complain(error);
  };
  readLines(child.stdout, {
    maxCharacters: maxLineCharacters,
    onLine(line) {
      try {
        if (isHeard) onLine(line);
      } catch (error) {
        refuse(error);
      }
    },
    onTooLong() {
      refuse(new AppError('trainer-bad-output', 'it wrote a line that does not end'));
    },
  });
}

interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

function waitForExit(child: ChildProcess): Promise<ProcessExit> {
  return new Promise((resolve, reject) => {
    child.once('error', cause => {
      const message = `it could not be started: ${printable(cause.message, 200)}`;
      reject(new AppError('trainer-not-started', message, { cause }));
    });
    // 'close' and not 'exit': by then all that it wrote has been read.
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

function exitCodeOf({ code, signal }: ProcessExit): number {
  if (code !== null) return code;
  throw new AppError('trainer-killed', `it was killed from outside (${signal})`);
}

function stoppedError(): AppError {
  return new AppError('trainer-stopped', 'it was stopped');
}
