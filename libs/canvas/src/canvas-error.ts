// The one error class of this package and its codes.

/** The stable code of a `CanvasError`. */
export type CanvasErrorCode =
  /** a coordinate that is not finite, or far off the canvas */
  | 'invalid-point'
  /** a radius that is not above 0 and at most 28 pixels */
  | 'invalid-radius'
  /** a picture whose data does not have width × height values */
  | 'invalid-picture'
  /** a JSON document that contains no valid gestures */
  | 'invalid-gestures';

/** Thrown before any pixel is changed. `code` is stable; the message is for people. */
export class CanvasError extends Error {
  override readonly name = 'CanvasError';
  readonly code: CanvasErrorCode;

  constructor(code: CanvasErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
