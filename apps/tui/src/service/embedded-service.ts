// The embedded service: apps/api as a child process on a free loopback port. The child reports by IPC
// when it listens, and exits when the IPC channel closes, so that it never outlives this process, even
// if that is killed.

import { type ChildProcess, spawn } from 'node:child_process';
import { AppError } from '../app-error.ts';
import type { Program } from '../programs.ts';
import { collectStderrTail, printable, summarizeStderr } from '../untrusted-text.ts';

export interface EmbeddedServiceOptions {
  readonly program: Program;
  readonly startTimeoutMs: number;
  /** From SIGTERM to SIGKILL. */
  readonly stopTimeoutMs: number;
}

export interface EmbeddedService {
  /** Its address, once it listens. @throws AppError `service-not-started` if it never does */
  readonly listening: Promise<string>;
  /** Settles when the process has exited, with the reason. Never rejects. */
  readonly ended: Promise<string>;
  /** Ends the process, by force if need be, and settles when it has exited. */
  stop(): Promise<void>;
}

/** A free loopback port, and only warnings and errors on stderr. */
const serviceEnvironment = {
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'warn',
  // A key in the environment is for a service that other machines reach.
  API_KEY: undefined,
  // Returns the memory of large pictures to the system. The service would set it itself, but for that it
  // restarts, which closes the IPC channel.
  MALLOC_MMAP_THRESHOLD_: '65536',
};

/** What a user may set otherwise: a busy machine delays this service, but only the app waits for it. */
const serviceDefaults = { MAX_EVENT_LOOP_DELAY_MS: '0' };

/** Starts the child process; never throws: a failure to start rejects `listening`. */
export function startEmbeddedService(options: EmbeddedServiceOptions): EmbeddedService {
  const child = spawn(process.execPath, options.program, {
    // Its stderr is shown as plain text.
    env: {
      ...serviceDefaults,
      ...process.env,
      ...serviceEnvironment,
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = waitForExit(child);
  const listening = waitForListening(child, ended, options.startTimeoutMs);
  // A caller that does not await the address must not cause an unhandled rejection.
  listening.catch(() => {});
  return { listening, ended, stop: () => stop(child, ended, options.stopTimeoutMs) };
}

function waitForExit(child: ChildProcess): Promise<string> {
  const stderrTail = collectStderrTail(child.stderr);
  return new Promise(resolve => {
    child.once('error', error =>
      resolve(`it could not be started: ${printable(error.message, 200)}`),
    );
    // 'close' and not 'exit': all of stderr has been read by then.
    child.once('close', (code, signal) => {
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      resolve(
        [`it ended with ${how}`, summarizeStderr(stderrTail())]
          .filter(part => part !== '')
          .join(': '),
      );
    });
  });
}

async function waitForListening(
  child: ChildProcess,
  ended: Promise<string>,
  timeoutMs: number,
): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const announced = new Promise<string>(resolve => {
    child.on('message', message => {
      const url = listeningUrl(message);
      if (url !== undefined) resolve(url);
    });
  });
  const timedOut = new Promise<string>(resolve => {
    timer = setTimeout(() => resolve(`it was not ready after ${timeoutMs / 1000} s`), timeoutMs);
  });
  const failed = Promise.race([ended, timedOut]).then(why => {
    const message = `The embedded service did not start: ${why}.`;
    throw new AppError('service-not-started', message);
  });
  try {
    return await Promise.race([announced, failed]);
  } finally {
    clearTimeout(timer);
  }
}

function listeningUrl(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, url } = message as Readonly<Record<string, unknown>>;
  if (type !== 'listening' || typeof url !== 'string') return undefined;
  return /^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(url) ? url : undefined;
}

async function stop(child: ChildProcess, ended: Promise<string>, timeoutMs: number): Promise<void> {
  // Not disconnect(): once the parent has called it, Node never emits the child's 'close'.
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  await ended;
  clearTimeout(timer);
}
