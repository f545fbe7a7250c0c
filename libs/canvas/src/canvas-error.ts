// The one error of this library: what nothing can be painted with, or read as a drawing.

export type CanvasErrorCode =
  /** A coordinate that is not finite or far off. */
  | 'CANVAS_POINT'
  /** A radius that no brush has. */
  | 'CANVAS_RADIUS'
  /** A picture whose size is not that of its data. */
  | 'CANVAS_PICTURE'
  /** A document that holds no recorded gestures. */
  | 'CANVAS_GESTURES';

/** Thrown before any pixel is touched; `code` is stable, the message is for people. */
export class CanvasError extends Error {
  override readonly name = 'CanvasError';
  readonly code: CanvasErrorCode;

  constructor(code: CanvasErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
