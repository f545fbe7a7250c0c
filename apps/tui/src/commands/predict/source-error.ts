// Why a source gave no picture to send, as one error with a stable code.

export type SourceErrorCode =
  /** The file is not there, is not ours to read, or is no file. */
  | 'PICTURE_UNREADABLE'
  /** There is not a byte in it. */
  | 'PICTURE_EMPTY'
  /** It is larger than any service takes. */
  | 'PICTURE_TOO_LARGE'
  /** A folder without a picture. */
  | 'FOLDER_EMPTY';

export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: SourceErrorCode;

  constructor(code: SourceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
