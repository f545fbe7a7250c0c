// The one error of this library: a point or a brush that nothing can be painted with.

/** What was wrong: a coordinate, or a brush's radius. */
export type CanvasErrorCode = 'CANVAS_POINT' | 'CANVAS_RADIUS';

/** Thrown before any pixel is touched; `code` is stable, the message is for people. */
export class CanvasError extends Error {
  override readonly name = 'CanvasError';
  readonly code: CanvasErrorCode;

  constructor(code: CanvasErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
