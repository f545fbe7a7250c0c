// --record: writes a session to a file, one line for each event, synchronously, so that the file is
// complete up to a crash.

import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { AppError, systemErrorText } from '../app-error.ts';
import { type SessionEvent, writeSessionEvent } from './session-event.ts';

export interface SessionRecorder {
  input(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  answer(answer: object): void;
  close(): void;
}

export interface SessionRecorderOptions {
  readonly file: string;
  /** A clock in milliseconds; by default the process's own. */
  readonly now?: () => number;
  /** Called once if the rest of the session cannot be written. */
  readonly onError: (error: AppError) => void;
}

/** Replaces the file. @throws AppError `session-not-writable` if it cannot be opened */
export function createSessionRecorder(options: SessionRecorderOptions): SessionRecorder {
  const { file, now = () => performance.now() } = options;
  const begun = now();
  let descriptor: number | undefined = openForWriting(file);

  function record(event: Untimed<SessionEvent>): void {
    if (descriptor === undefined) return;
    try {
      writeSync(descriptor, writeSessionEvent({ t: now() - begun, ...event }));
    } catch (cause) {
      close();
      options.onError(notWritable(file, cause));
    }
  }

  function close(): void {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  }

  return {
    input: bytes => record({ type: 'input', bytes }),
    resize: (columns, rows) => record({ type: 'resize', columns, rows }),
    answer: answer => record({ type: 'answer', answer }),
    close,
  };
}

/** Over a union, unlike Omit. */
type Untimed<T> = T extends unknown ? Omit<T, 't'> : never;

const { O_CREAT, O_NONBLOCK = 0, O_TRUNC, O_WRONLY } = constants;

/**
 * Readable by the person alone: it has the keys that were pressed. A FIFO without a reader is an error;
 * without O_NONBLOCK, which Windows does not have, it would be waited for.
 */
function openForWriting(file: string): number {
  try {
    return openSync(file, O_CREAT | O_NONBLOCK | O_TRUNC | O_WRONLY, 0o600);
  } catch (cause) {
    throw notWritable(file, cause);
  }
}

function notWritable(file: string, cause: unknown): AppError {
  const reason = systemErrorText(cause);
  const message = `The session cannot be written to ${file}: ${reason}.`;
  return new AppError('session-not-writable', message, { cause });
}
