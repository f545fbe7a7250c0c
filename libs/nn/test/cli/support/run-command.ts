// The commands of cli/, called in this process or as processes of their own.

import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type CommandFunction, executeCommand } from '../../../cli/shared/command.ts';

// V8's option for 256-bit vectors holds for a whole process, so for the tests of other files as well.
process.env['DIGITS_NO_REVECTORIZE'] = '1';

// A task runner sets it, and then the streams of these tests count as coloured.
delete process.env['FORCE_COLOR'];

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  /** null when a signal ended the process */
  readonly code: number | null;
}

/** Calls a command in this process, without a terminal. */
export function callCommand(
  command: CommandFunction,
  ...args: readonly string[]
): Promise<Finished> {
  return callUntil(command, args, () => false);
}

/** Does the same, and aborts the command when `isEnough` accepts a chunk of its stdout, '' at the start. */
export async function callUntil(
  command: CommandFunction,
  args: readonly string[],
  isEnough: (chunk: string) => boolean,
  stdin = new PassThrough(),
): Promise<Finished> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const controller = new AbortController();
  const { signal } = controller;
  if (isEnough('')) controller.abort();
  stdout.on('data', chunk => {
    if (isEnough(String(chunk))) controller.abort();
  });
  const output = Promise.all([text(stdout), text(stderr)]);
  const code = await executeCommand(command, { args, stdin, stdout, stderr, signal });
  stdout.end();
  stderr.end();
  const [written, errors] = await output;
  return { stdout: written, stderr: errors, code };
}

export interface RunningCommand {
  readonly finished: Promise<Finished>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** As `head` does when it has read enough. */
  readonly closeStdout: () => void;
  /** Calls back with every chunk of stdout. */
  readonly onStdout: (listener: (chunk: string) => void) => void;
}

/** Starts cli/<name>/<name>.ts without a terminal. */
export function startCommand(name: string, args: readonly string[]): RunningCommand {
  const file = fileURLToPath(new URL(`../../../cli/${name}/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], {
    env: {
      ...process.env,
      DIGITS_NO_REVECTORIZE: undefined,
      // With both set, Node warns on stderr.
      NO_COLOR: undefined,
      FORCE_COLOR: undefined,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = new Promise<number | null>(resolve => child.once('close', resolve));
  const finished = Promise.all([text(child.stdout), text(child.stderr), exit]).then(
    ([stdout, stderr, code]) => ({ stdout, stderr, code }),
  );
  return {
    finished,
    kill: signal => child.kill(signal),
    closeStdout: () => child.stdout.push(null) && child.stdout.destroy(),
    onStdout: listener => child.stdout.on('data', chunk => listener(String(chunk))),
  };
}

export function runCommand(name: string, ...args: readonly string[]): Promise<Finished> {
  return startCommand(name, args).finished;
}
