// A service of our own: apps/api as a child process on a free loopback port.
// The child says by IPC when it listens, and ends by itself when the IPC channel closes, so that
// it never outlives this process, not even when that is killed outright.

import { type ChildProcess, spawn } from 'node:child_process';
import { AppError } from '../app-error.ts';
import { collectStderrTail, printable, summarizeStderr } from '../untrusted-text.ts';

export interface EmbeddedServiceOptions {
  /** The service's main module. */
  readonly entry: string;
  readonly startTimeoutMs: number;
  /** How long a child that was asked to end may take before it is killed. */
  readonly stopTimeoutMs: number;
}

export interface EmbeddedService {
  /** Its address, once it listens. @throws AppError service-not-started if it never does. */
  readonly listening: Promise<string>;
  /** Settles when the process is gone, with how that came about. Never rejects. */
  readonly ended: Promise<string>;
  /** Ends the process, by force if need be, and returns when it is gone. */
  stop(): Promise<void>;
}

/** A free loopback port, and nothing but mistakes on stderr. */
const serviceEnvironment = {
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'warn',
  // A key in the environment is for a service that others reach.
  API_KEY: undefined,
};

/** Starts the child; never throws: a failure to start is a rejection of `listening`. */
export function startEmbeddedService(options: EmbeddedServiceOptions): EmbeddedService {
  const child = spawn(process.execPath, [options.entry], {
    // What it writes to stderr is shown as plain text.
    env: { ...process.env, ...serviceEnvironment, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = untilEnded(child);
  const listening = untilListening(child, ended, options.startTimeoutMs);
  // Whoever never asks for the address must not bring the app down by that.
  listening.catch(() => {});
  return { listening, ended, stop: () => stop(child, ended, options.stopTimeoutMs) };
}

function untilEnded(child: ChildProcess): Promise<string> {
  const lastWords = collectStderrTail(child.stderr);
  return new Promise(resolve => {
    child.once('error', error =>
      resolve(`it could not be started: ${printable(error.message, 200)}`),
    );
    // 'close' and not 'exit': by then all of stderr has been read.
    child.once('close', (code, signal) => {
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      resolve(
        [`it ended with ${how}`, summarizeStderr(lastWords())]
          .filter(part => part !== '')
          .join(': '),
      );
    });
  });
}

async function untilListening(
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
    const message = `Our own service did not start: ${why}.`;
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
