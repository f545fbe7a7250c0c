// What can go wrong with a picture's file, as one error with a stable code.

export type PictureErrorCode =
  /** Nothing is there, or it may not be read or written. */
  | 'PICTURE_FILE'
  /** A file of that name is there already. */
  | 'PICTURE_EXISTS'
  /** Larger than any picture of a digit. */
  | 'PICTURE_TOO_LARGE'
  /** No PNG, or a broken one. */
  | 'PICTURE_UNREADABLE';

/** The message is one sentence for the screen. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly code: PictureErrorCode;

  constructor(code: PictureErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What the file system says, in a person's words. */
export function fileError(path: string, error: unknown): PictureError {
  const code = error instanceof Error && 'code' in error ? `${error.code}` : '';
  const words = errnoMessages[code] ?? (error instanceof Error ? error.message : `${error}`);
  return new PictureError('PICTURE_FILE', `${path}: ${words}`, { cause: error });
}

const errnoMessages: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder.',
  EACCES: 'it may not be used.',
  EPERM: 'it may not be used.',
  EISDIR: 'that is a folder.',
  ENOTDIR: 'one of its folders is a file.',
  ENOSPC: 'the disk is full.',
  EROFS: 'the disk cannot be written.',
  ENAMETOOLONG: 'the name is too long.',
};
