// Errors of the service that operators see, each with a stable code. What clients see is a Problem.

export type ServiceErrorCode =
  /** Environment variables are invalid; the message has one line for each. */
  | 'invalid-config'
  /** The server of MODELS_URL is away, or has not answered with the file. */
  | 'models-url-unavailable'
  /** An older version has, and it is only to be read. */
  | 'feedback-too-old'
  /** A newer version of this service has written the file of corrections. */
  | 'feedback-too-new'
  /** There is no store to copy from. */
  | 'feedback-missing'
  /** The file is not an SQLite database, is damaged, or belongs to another program. */
  | 'feedback-corrupt'
  /** The file has reached its maximum size, or the disk is full. */
  | 'feedback-full'
  /** Another process locks the file for too long. */
  | 'feedback-busy'
  /** The file or its folder cannot be opened, read or written. */
  | 'feedback-inaccessible';

export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ServiceErrorCode;

  constructor(code: ServiceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
