// Errors of the store of corrections, each with a stable code.

export type FeedbackErrorCode =
  /** A newer version of this service has written the file. */
  | 'feedback-too-new'
  /** The file is not an SQLite database, is damaged, or belongs to another program. */
  | 'feedback-corrupt'
  /** The file has reached its maximum size, or the disk is full. */
  | 'feedback-full'
  /** Another process locks the file for too long. */
  | 'feedback-busy'
  /** The file or its folder cannot be opened, read or written. */
  | 'feedback-inaccessible';

export class FeedbackError extends Error {
  override readonly name = 'FeedbackError';
  readonly code: FeedbackErrorCode;

  constructor(code: FeedbackErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The codes for SQLite's primary result codes (https://sqlite.org/rescode.html). */
const codes: Partial<Record<number, FeedbackErrorCode>> = {
  5: 'feedback-busy', // SQLITE_BUSY
  11: 'feedback-corrupt', // SQLITE_CORRUPT
  13: 'feedback-full', // SQLITE_FULL
  26: 'feedback-corrupt', // SQLITE_NOTADB
};

/** Converts an error of SQLite; other errors are returned unchanged. */
export function toFeedbackError(error: unknown, file: string): unknown {
  const { errcode } = error as { readonly errcode?: number };
  if (!(error instanceof Error) || errcode === undefined) return error;
  // The lowest byte of an extended code is the primary one.
  const code = codes[errcode & 0xff] ?? 'feedback-inaccessible';
  return new FeedbackError(code, `${file}: ${error.message}`, { cause: error });
}
