// What can go wrong between this app and the service, as one error with a stable code.

export type ServiceErrorCode =
  /** Nothing accepts the connection, or it broke. */
  | 'SERVICE_UNREACHABLE'
  /** No whole answer in time. */
  | 'SERVICE_TIMEOUT'
  /** The asker gave up. */
  | 'SERVICE_CANCELLED'
  /** The service answered with a problem of its own. */
  | 'SERVICE_PROBLEM'
  /** The answer is not what the contract says. */
  | 'SERVICE_BAD_ANSWER'
  /** A service of our own did not start, or ended. */
  | 'SERVICE_NOT_STARTED';

/** The message is one line of printable text, fit for the screen. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ServiceErrorCode;

  constructor(code: ServiceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
