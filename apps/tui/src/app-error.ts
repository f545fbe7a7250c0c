// The errors that the app expects and handles, as one class with stable codes. Anything else that is
// thrown is a mistake in this app.

/** Between this app and the service. */
export type ServiceErrorCode =
  /** Nothing accepts the connection, or it broke. */
  | 'service-unreachable'
  /** No complete response in time. */
  | 'service-timeout'
  /** The caller aborted the request. */
  | 'service-cancelled'
  /** The service answered with a problem document; `status` has the HTTP status. */
  | 'service-problem'
  /** The response does not match the contract. */
  | 'service-bad-answer'
  /** The embedded service did not start, or ended. */
  | 'service-not-started';

/** Keeping corrections on disk. */
export type OutboxErrorCode =
  /** The correction is not on disk. */
  | 'outbox-not-writable'
  /** The folder cannot be listed or its files not moved. */
  | 'outbox-not-readable'
  /** A file is not a correction. */
  | 'outbox-entry-invalid';

/** Training and comparing in a child process. */
export type TrainerErrorCode =
  /** The workspace has no trainer. */
  | 'trainer-missing'
  /** The process could not be created. */
  | 'trainer-not-started'
  /** It ended by itself without a result. */
  | 'trainer-failed'
  /** It was killed from outside this app. */
  | 'trainer-killed'
  /** Its output does not match the contract. */
  | 'trainer-bad-output'
  /** This app ended it. */
  | 'trainer-stopped';

/** Picture files, of the app and of `npm run predict`. */
export type PictureErrorCode =
  /** The file system refused: no such file, no permission, a full disk. */
  | 'picture-file'
  /** A file of that name already exists. */
  | 'picture-exists'
  | 'picture-too-large'
  /** The file has no bytes. */
  | 'picture-empty'
  /** The file cannot be read, or not as a picture. */
  | 'picture-unreadable'
  /** A folder without a picture. */
  | 'folder-empty';

/** Recorded sessions. */
export type SessionErrorCode =
  | 'session-not-writable'
  | 'session-not-readable'
  /** A line of the file is not an event; the message names the line. */
  | 'session-malformed';

export type AppErrorCode =
  | ServiceErrorCode
  | OutboxErrorCode
  | TrainerErrorCode
  | PictureErrorCode
  | SessionErrorCode;

/** What a code begins with. */
export type ErrorArea = 'service' | 'outbox' | 'trainer' | 'picture' | 'folder' | 'session';

type AppErrorOptions = ErrorOptions & {
  /** The HTTP status of a `service-problem`. */
  readonly status?: number;
};

/**
 * Statuses that a later attempt may not meet: what concerns the caller (401, 403) or the service
 * (404, 405), and what comes from load (408, 425, 429).
 */
const retryableClientErrors = [401, 403, 404, 405, 408, 425, 429];

/** The message is one line of printable text, fit for the screen. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: AppErrorCode;
  readonly status: number | undefined;

  constructor(code: AppErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.status = options.status;
  }

  /** Whether the service would refuse the same request every time: a 4xx that cannot be retried. */
  get isFinal(): boolean {
    const { status = 0 } = this;
    return status >= 400 && status < 500 && !retryableClientErrors.includes(status);
  }
}

/** @returns whether it is an expected error of one area of the app */
export function isAppError(error: unknown, area: ErrorArea): error is AppError {
  return error instanceof AppError && error.code.startsWith(`${area}-`);
}

const systemErrorTexts: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EEXIST: 'a file has this name',
  EISDIR: 'it is a folder',
  'not-a-regular-file': 'it is not a regular file',
  ENOTDIR: 'one of its folders is a file',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  ENAMETOOLONG: 'the name is too long',
};

/** @returns a system error in words, without a full stop; of an unknown one its message */
export function systemErrorText(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return systemErrorTexts[`${code}`] ?? message ?? String(cause);
}
