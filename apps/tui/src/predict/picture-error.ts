// Why a picture could not be read, as one error with a stable code.

export type PictureErrorCode =
  /** The file is not there, is not ours to read, or is no file. */
  | 'PICTURE_UNREADABLE'
  /** There is not a byte in it. */
  | 'PICTURE_EMPTY'
  /** It is larger than any service takes. */
  | 'PICTURE_TOO_LARGE'
  /** A folder without a picture. */
  | 'FOLDER_EMPTY';

export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly code: PictureErrorCode;

  constructor(code: PictureErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
