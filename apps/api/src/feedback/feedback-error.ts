// The ways in which the store of corrections can fail, each with a code.

export type FeedbackErrorCode =
  /** A newer version of this service has written the file. */
  | 'feedback-too-new'
  /** The file is no SQLite database, is damaged, or belongs to another program. */
  | 'feedback-corrupt'
  /** The file has reached its limit, or the disk has. */
  | 'feedback-full'
  /** Another process holds the file for too long. */
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

/** SQLite's primary result codes (https://sqlite.org/rescode.html) that tell what to do. */
const codes: Partial<Record<number, FeedbackErrorCode>> = {
  5: 'feedback-busy', // SQLITE_BUSY
  11: 'feedback-corrupt', // SQLITE_CORRUPT
  13: 'feedback-full', // SQLITE_FULL
  26: 'feedback-corrupt', // SQLITE_NOTADB
};

/**
 * What SQLite failed for.
 *
 * @returns the error itself where it is not SQLite's
 */
export function toFeedbackError(error: unknown, file: string): unknown {
  const { errcode } = error as { readonly errcode?: number };
  if (!(error instanceof Error) || errcode === undefined) return error;
  // Extended codes carry the primary one in their lowest byte.
  const code = codes[errcode & 0xff] ?? 'feedback-inaccessible';
  return new FeedbackError(code, `${file}: ${error.message}`, { cause: error });
}
