// What can go wrong between this app and the service, as one error with a stable code.

export type ServiceErrorCode =
  /** Nothing accepts the connection, or it broke. */
  | 'SERVICE_UNREACHABLE'
  /** No whole answer in time. */
  | 'SERVICE_TIMEOUT'
  /** The asker gave up. */
  | 'SERVICE_CANCELLED'
  /** The service answered with a problem of its own: `status` says which kind. */
  | 'SERVICE_PROBLEM'
  /** The answer is not what the contract says. */
  | 'SERVICE_BAD_ANSWER'
  /** A service of our own did not start, or ended. */
  | 'SERVICE_NOT_STARTED';

type ServiceErrorOptions = ErrorOptions & {
  /** The HTTP status of a SERVICE_PROBLEM. */
  readonly status?: number;
};

/** The message is one line of printable text, fit for the screen. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ServiceErrorCode;
  readonly status: number | undefined;

  constructor(code: ServiceErrorCode, message: string, options: ServiceErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.status = options.status;
  }

  /**
   * Whether the same request would be refused for ever: it was itself at fault. What concerns the
   * caller (401, 403) or the service (404, 405), or comes of haste (408, 425, 429), can be mended.
   */
  get isFinal(): boolean {
    const { status } = this;
    return status !== undefined && status >= 400 && status < 500 && !mendable.includes(status);
  }
}

const mendable = [401, 403, 404, 405, 408, 425, 429];
