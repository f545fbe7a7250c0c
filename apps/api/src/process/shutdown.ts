// Graceful shutdown on a signal or with the parent process: what was sent before is answered, and
// connections that are still open after the grace period are closed.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { inspect } from 'node:util';
import closeWithGrace from 'close-with-grace';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Config } from '../config/config.ts';

export interface ShutdownState {
  /** Whether `app.close()` was called. */
  readonly hasBegun: boolean;
}

/**
 * From `app.close()` on, every answer closes its connection, because a kept connection would keep
 * the process alive. The connections that wait to be accepted are accepted before the listener closes,
 * which would reset them. A connection without an answer after `graceMs`, because its request never
 * arrived whole or its answer is not read, is closed.
 */
export function shutdownGracefully(app: FastifyInstance, graceMs: number): ShutdownState {
  const state = { hasBegun: false };
  app.addHook('preClose', async () => {
    state.hasBegun = true;
    setTimeout(() => app.server.closeAllConnections(), graceMs).unref();
    await acceptWaiting(graceMs / 2);
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (state.hasBegun) reply.header('connection', 'close');
    done(null, payload);
  });
  return state;
}

/** A turn of the event loop accepts one connection of each listener, the next one reads its request. */
const quietTurns = 3;

/** Waits for some turns of the event loop without a new connection; `maxMs` at most. */
async function acceptWaiting(maxMs: number): Promise<void> {
  const endMs = performance.now() + maxMs;
  let quiet = 0;
  const onConnection = () => {
    quiet = 0;
  };
  subscribe('net.server.socket', onConnection);
  for (; quiet < quietTurns && performance.now() < endMs; quiet++) await turn();
  unsubscribe('net.server.socket', onConnection);
}

const exitWithFailure = () => exitWithoutThreads(1);

/** How long after the grace period the process may take to exit. */
const closeMarginMs = 1500;

/** What a signal closes. */
export interface RunningApp {
  /** undefined until it listens */
  app: Closable | undefined;
}

interface Closable {
  readonly log: Pick<FastifyBaseLogger, 'info' | 'fatal'>;
  close(): PromiseLike<void>;
}

/**
 * Closes the app on SIGTERM, SIGINT or an uncaught error, and ends the process; before the app
 * listens, at once. A second signal ends the process even where it hangs.
 *
 * @param ignored signals that close nothing
 * @returns a function that closes the app as a signal does
 */
export function closeOnSignals(
  running: RunningApp,
  { graceMs }: Pick<Config, 'graceMs'>,
  ignored: readonly 'SIGINT'[] = [],
): () => void {
  const options = {
    delay: graceMs + closeMarginMs,
    skip: ['SIGHUP' as const, ...ignored],
    logger: { error: (error: Error) => logFatal(error, running.app) },
    onSecondSignal: exitWithFailure,
    onSecondError: exitWithFailure,
    onTimeout: exitWithFailure,
  };
  const { close } = closeWithGrace(options, async ({ err, signal }) => {
    restoreDefaultAction();
    const { app } = running;
    if (err) logFatal(err, app);
    else app?.log.info({ signal }, 'closing');
    await app?.close();
    await exitProcess(err ? 1 : 0);
  });
  return close;
}

function restoreDefaultAction(): void {
  // The kernel then ends the process also where its main thread hangs. For the first process of a
  // container the default action is none.
  if (process.pid === 1) return;
  for (const signal of ['SIGTERM', 'SIGINT']) process.removeAllListeners(signal);
}

function logFatal(err: unknown, app: Closable | undefined): void {
  if (app) app.log.fatal({ err }, 'closing after an uncaught error');
  else process.stderr.write(`${inspect(err)}\n`);
}

/** How long a file may delay the exit. */
const maxFileDelayMs = 100;

/** Ends the process, also where a thread reads a file of a mount that hangs. */
export async function exitProcess(exitCode: number): Promise<void> {
  const endMs = performance.now() + maxFileDelayMs;
  while (isReadingFiles() && performance.now() < endMs) await pause(1);
  if (isReadingFiles()) exitWithoutThreads(exitCode);
  process.exit(exitCode);
}

function isReadingFiles(): boolean {
  return process.getActiveResourcesInfo().some(name => name.startsWith('FSReq'));
}

/**
 * Replaces the process by one that exits at once. `process.exit` would wait for the threads that read
 * files, and the first process of a container cannot end itself by a signal. Windows cannot replace a process.
 */
function exitWithoutThreads(exitCode: number): void {
  if (process.platform === 'win32') return;
  process.execve?.(process.execPath, [process.execPath, '--eval', `process.exit(${exitCode})`], {});
}

/** Calls back on SIGHUP; on Windows, where it means that the console is being closed, closes instead. */
export function reloadOnHangup(reload: () => void, close: () => void): void {
  process.on('SIGHUP', () => (process.platform === 'win32' ? close() : reload()));
}

/** Sends the parent the address over IPC; closes if it has ended. `node --watch` is a parent, too. */
export function tellParent(url: string, close: () => void): void {
  if (process.connected) process.send?.({ type: 'listening', url });
  else close();
}

/** Generous for a process that only passes on a signal. */
const maxWatcherDelayMs = 1000;

/**
 * Ends `node --watch`, which would wait for a change of the source, with the exit code that this process
 * then has. Settles when the watcher, before it exits itself, ends its child.
 */
export async function endWatcher(): Promise<void> {
  // Set by the watcher, for its child.
  if (process.env['WATCH_REPORT_DEPENDENCIES'] === undefined) return;
  const isAnswered = new Promise(resolve => {
    process.removeAllListeners('SIGTERM').once('SIGTERM', resolve);
  });
  process.kill(process.ppid, 'SIGTERM');
  await Promise.race([isAnswered, pause(maxWatcherDelayMs)]);
}
