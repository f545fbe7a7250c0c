// Runs the service with the Node that the project brings, where the one that was called is too old.
// Written in the syntax and with the names that old ones have.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';

/**
 * Restarts the service with the project's Node, in this process if it can be replaced, otherwise as a child
 * that receives its signals. Without such a Node, and with an IPC channel, which would be lost, it ends
 * the process with a message.
 *
 * @param minMajor the first version that is new enough, for the message
 * @param variables added to the environment
 */
export function runWithOwnNode(minMajor: number, variables: NodeJS.ProcessEnv): void {
  const { env, connected, execArgv, argv } = process;
  const node = ownNode();
  if (connected || !existsSync(node)) exitWithoutNode(minMajor);
  const args = [...execArgv, ...argv.slice(1)];
  const environment = { ...env, ...variables };
  // Since Node 22.15; on Windows it throws.
  if (process.platform !== 'win32') process.execve?.(node, [node, ...args], environment);
  const child = spawn(node, args, { env: environment, stdio: 'inherit' });
  forwardSignals(child);
  child.once('error', () => exitWithoutNode(minMajor));
  child.once('exit', (code, signal) => {
    process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
  });
}

/** The package that package.json brings for this platform, in the root of the repository. */
function ownNode(): string {
  const isWindows = process.platform === 'win32';
  const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
  const file = `node_modules/${name}/bin/node${isWindows ? '.exe' : ''}`;
  return fileURLToPath(new URL(`../../../../${file}`, import.meta.url));
}

function forwardSignals(child: ChildProcess): void {
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  // A terminal sends Ctrl+C to the child, too, which would take a second signal for a demand to end at once.
  const isInTerminal = [0, 1, 2].some(isatty);
  process.on('SIGINT', () => isInTerminal || child.kill('SIGINT'));
}

function exitWithoutNode(minMajor: number): never {
  process.stderr.write(
    `Node ${minMajor} or later is needed, and this is ${process.version}: install it from ` +
      'https://nodejs.org, or run npm ci, which brings it for Linux (glibc) and Windows.\n',
  );
  process.exit(1);
}
