// WORKERS=n: the process that starts n workers on one port, replaces those that end, and passes on what
// concerns all of them: signals, the address for a parent process, and requests for metrics.

import { pino } from 'pino';
import type { Config } from '../config/config.ts';
import { createLoggerOptions } from '../process/logger.ts';
import {
  closeOnSignals,
  endWatcher,
  exitProcess,
  reloadOnHangup,
  tellParent,
} from '../process/shutdown.ts';
import { failedExitCode } from '../process/startup-failure.ts';
import { WorkerEnded, WorkerGroup } from './worker-group.ts';

/** How much longer than a worker its supervisor waits for requests in flight. */
const closeMarginMs = 1000;

export async function supervise(config: Config): Promise<void> {
  const { stream, ...options } = await createLoggerOptions(config, process.stdout.isTTY);
  const log = pino(options, stream);
  const group = new WorkerGroup(config, { log, onCrashLoop: () => endAfter(group, 1) });
  const running = { app: { log, close: () => group.close() } };
  const close = closeOnSignals(running, { graceMs: config.graceMs + closeMarginMs });
  if (process.send) process.once('disconnect', close);
  reloadOnHangup(() => group.reload(), close);
  try {
    const { url, problem } = await group.start();
    if (problem !== undefined && process.send) {
      process.stderr.write(`${problem}\n`);
      return await endAfter(group, failedExitCode);
    }
    log.info(`${config.workers} workers listen at ${url}`);
    if (process.send) tellParent(url, close);
  } catch (error) {
    // The worker has written the reason to stderr.
    if (!(error instanceof WorkerEnded)) throw error;
    await endWatcher();
    await endAfter(group, error.exitCode);
  }
}

async function endAfter(group: WorkerGroup, exitCode: number): Promise<void> {
  await group.close();
  await exitProcess(exitCode);
}
