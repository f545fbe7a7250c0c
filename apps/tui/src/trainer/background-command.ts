// Runs one command of the trainer as a child process in the background, passes on its lines, and
// ends it when it is aborted or its output is wrong. The child never outlives this app, even if the
// app is killed: it watches the IPC channel (see in-background.ts).

import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { AppError } from '../app-error.ts';
import type { Program } from '../programs.ts';
import { collectStderrTail, printable } from '../untrusted-text.ts';
import { readLines } from './lines.ts';

export interface BackgroundCommand {
  readonly program: Program;
  /** The module that is loaded before it. */
  readonly preload: string;
  readonly args: readonly string[];
  /** Variables besides those of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Called for each line of stdout; an error that it throws ends the command. */
  readonly onLine: (line: string) => void;
  /** Called once with a function that writes a line to stdin; without it the command has none. */
  readonly onStart?: (write: (line: string) => void) => void;
  /** Aborting it ends the command. */
  readonly signal: AbortSignal;
  /** From SIGTERM to SIGKILL: time to write a checkpoint. */
  readonly stopTimeoutMs: number;
}

/** How the command ended by itself. */
export interface CommandResult {
  readonly exitCode: number;
  /** The tail of it. */
  readonly stderr: string;
}

/** The result of the gate is the longest line: some ten kilobytes. */
const maxLineCharacters = 1 << 20;

/**
 * Settles when the process has exited.
 * @throws AppError `trainer-stopped`, `trainer-killed`, `trainer-not-started`, `trainer-bad-output`
 *   for an endless line, or what `onLine` throws
 */
export async function runInBackground(command: BackgroundCommand): Promise<CommandResult> {
  const { signal, stopTimeoutMs } = command;
  if (signal.aborted) throw stoppedError();
  const child = start(command);
  const stderrTail = collectStderrTail(child.stderr);
  const exited = waitForExit(child);
  let outputError: unknown;
  let timer: NodeJS.Timeout | undefined;

  function end(): void {
    // Not disconnect(): once the parent has called it, Node never emits the child's 'close'.
    requestEnd(child);
    timer ??= setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  }
  handleLines(child, command.onLine, error => {
    outputError ??= error;
    end();
  });
  signal.addEventListener('abort', end, { once: true });
  // A command that ends may close its stdin early.
  child.stdin?.on('error', () => {});
  command.onStart?.(line => child.stdin?.write(`${line}\n`));
  try {
    const exit = await exited;
    if (outputError !== undefined) throw outputError;
    if (signal.aborted) throw stoppedError();
    return { exitCode: exitCodeOf(exit), stderr: stderrTail() };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

/** The message that in-background.ts understands. */
const endMessage = 'end';

/** On Windows every signal kills at once; the preloaded module does there what a signal does elsewhere. */
function requestEnd(child: ChildProcess): void {
  if (process.platform === 'win32' && child.connected) child.send(endMessage, () => {});
  else child.kill('SIGTERM');
}

function start({ program, preload, args, env, onStart }: BackgroundCommand): ChildProcess {
  const importOption = `--import=${pathToFileURL(preload)}`;
  return spawn(process.execPath, [importOption, ...program, ...args], {
    // Its stderr is shown as plain text.
    env: { ...process.env, ...env, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: [onStart === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', 'ipc'],
  });
}

/** @param onError called with the first error of a line; later lines are ignored */
function handleLines(
  child: ChildProcess,
  onLine: (line: string) => void,
  onError: (error: unknown) => void,
): void {
  if (child.stdout === null) return;
  let hasFailed = false;
  const fail = (error: unknown) => {
    hasFailed = true;
    onError(error);
  };
  readLines(child.stdout, {
    maxCharacters: maxLineCharacters,
    onLine(line) {
      try {
        if (!hasFailed) onLine(line);
      } catch (error) {
        fail(error);
      }
    },
    onTooLong() {
      fail(new AppError('trainer-bad-output', 'it wrote a line that is too long'));
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
    // 'close' and not 'exit': all of its output has been read by then.
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
