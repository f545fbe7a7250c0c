// The service as a process of its own, spawned as the drawing app spawns it.

import { type ChildProcess, fork, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { LogLines } from './log-lines.ts';

const entry = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** What a service that ended leaves behind. */
interface Ending {
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** With whom a service ends: a test, or all the tests of a file. */
type Owner = Pick<ExecutionContext, 'teardown'>;

/** Starts a service with these variables and no others; killed after the test if it still runs. */
export function spawnService(owner: Owner, env: NodeJS.ProcessEnv) {
  return attend(owner, fork(entry, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }));
}

/** The same as a supervisor starts it, which is told nothing and asks whether it is ready. */
export function spawnSupervised(owner: Owner, env: NodeJS.ProcessEnv) {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
  return attend(owner, spawn(process.execPath, [entry], { env, stdio }));
}

function attend(owner: Owner, child: ChildProcess) {
  owner.teardown(() => child.kill('SIGKILL'));
  const log = new LogLines();
  createInterface({ input: child.stdout! }).on('line', line => log.write(line));
  return { child, log, ended: ending(child) };
}

/** The address that the service announces once it listens. */
export async function listeningUrl(child: ChildProcess): Promise<string> {
  const [message] = await once(child, 'message');
  return message.url;
}

async function ending(child: ChildProcess): Promise<Ending> {
  const [stderr, [exitCode]] = await Promise.all([text(child.stderr!), once(child, 'exit')]);
  return { exitCode, stderr };
}
