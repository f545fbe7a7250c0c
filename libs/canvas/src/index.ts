// The 28×28 drawing surface. Pure: no terminal, no clock, no state of its own.

export type { Brush } from './brush.ts';
export { defaultBrush } from './brush.ts';
export type { CanvasErrorCode } from './canvas-error.ts';
export { CanvasError } from './canvas-error.ts';
export type { CanvasDocument, Drawing, OpenStroke } from './document.ts';
export {
  beginStroke,
  blankDocument,
  clearDocument,
  continueStroke,
  endStroke,
  invertDocument,
  loadPicture,
  redoDocument,
  shiftDocument,
  undoDocument,
} from './document.ts';
export type { Gesture, TimedPoint, TimedStroke, Tool } from './gesture.ts';
export { replayGestures } from './gesture.ts';
export { gesturesFromJson, gesturesToJson } from './gesture-file.ts';
export type { GreyPicture } from './grey-picture.ts';
export { rasterOfPicture } from './grey-picture.ts';
export type { History } from './history.ts';
export { eraseSegment, paintSegment } from './paint.ts';
export type { Point, Segment } from './point.ts';
export type { Raster } from './raster.ts';
export {
  blankRaster,
  canvasPixelCount,
  canvasSide,
  fullInk,
  inkAt,
  isBlank,
} from './raster.ts';
export type { Stroke } from './strokes.ts';
export { drawStrokes, scaleStrokes } from './strokes.ts';
