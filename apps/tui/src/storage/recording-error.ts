// What can be wrong with a session file, as one error with a stable code.

export type RecordingErrorCode =
  /** It cannot be opened or written. */
  | 'RECORDING_NOT_WRITABLE'
  /** It cannot be read. */
  | 'RECORDING_NOT_READABLE'
  /** It is no session file; the message names the line. */
  | 'RECORDING_MALFORMED';

export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly code: RecordingErrorCode;

  constructor(code: RecordingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
