// The commands of cli/ as processes of their own.

import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  /** null when a signal ended it */
  readonly code: number | null;
}

export interface RunningCommand {
  readonly finished: Promise<Finished>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Calls back with every chunk of stdout. */
  readonly onStdout: (listener: (chunk: string) => void) => void;
}

/** Starts cli/<name>/<name>.ts without a terminal. */
export function startCommand(name: string, ...args: readonly string[]): RunningCommand {
  const file = fileURLToPath(new URL(`../../../cli/${name}/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], {
    // With both set, Node warns on stderr.
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = new Promise<number | null>(resolve => child.once('close', resolve));
  const finished = Promise.all([text(child.stdout), text(child.stderr), exit]).then(
    ([stdout, stderr, code]) => ({ stdout, stderr, code }),
  );
  return {
    finished,
    kill: signal => child.kill(signal),
    onStdout: listener => child.stdout.on('data', chunk => listener(String(chunk))),
  };
}

export function runCommand(name: string, ...args: readonly string[]): Promise<Finished> {
  return startCommand(name, ...args).finished;
}
