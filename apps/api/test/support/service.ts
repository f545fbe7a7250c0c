// Starts the service in a process of its own, as the drawing app or a supervisor does.

import { type ChildProcess, fork, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { LogLines } from './log-lines.ts';

export const mainModule = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** The exit of a service. */
interface Ending {
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** A test, or all tests of a file, after which the service is killed. */
type Owner = Pick<ExecutionContext, 'teardown'>;

/** Starts a service with these variables only, and an IPC channel; killed after the test. */
export function spawnService(owner: Owner, env: NodeJS.ProcessEnv, execArgv?: string[]) {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', 'ipc'];
  return watch(owner, fork(mainModule, { env, stdio, ...(execArgv && { execArgv }) }));
}

/**
 * Starts a service without an IPC channel, as a supervisor does.
 * @param preloaded source of a module that is loaded before it
 */
export function spawnSupervised(owner: Owner, env: NodeJS.ProcessEnv, preloaded = '') {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
  const preload = `--import=data:text/javascript,${encodeURIComponent(preloaded)}`;
  return watch(owner, spawn(process.execPath, [preload, mainModule], { env, stdio }));
}

function watch(owner: Owner, child: ChildProcess) {
  owner.teardown(() => child.kill('SIGKILL'));
  const log = new LogLines();
  createInterface({ input: child.stdout! }).on('line', line => log.write(line));
  return { child, log, ended: ending(child) };
}

/** The address that the service sends once it listens. */
export async function listeningUrl(child: ChildProcess): Promise<string> {
  const [message] = await once(child, 'message');
  return message.url;
}

async function ending(child: ChildProcess): Promise<Ending> {
  const [stderr, [exitCode]] = await Promise.all([text(child.stderr!), once(child, 'exit')]);
  return { exitCode, stderr };
}
