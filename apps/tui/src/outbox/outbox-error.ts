// What can go wrong with keeping corrections, as one error with a stable code.

export type OutboxErrorCode =
  /** The correction is not on disk. */
  | 'OUTBOX_NOT_WRITABLE'
  /** The folder cannot be listed or its files not moved. */
  | 'OUTBOX_NOT_READABLE'
  /** A file is no correction. */
  | 'LETTER_UNREADABLE';

/** The message is one sentence, fit for the screen. */
export class OutboxError extends Error {
  override readonly name = 'OutboxError';
  readonly code: OutboxErrorCode;

  constructor(code: OutboxErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** @returns the system's own word for what went wrong, such as ENOSPC */
export function reasonOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? String(cause);
}
