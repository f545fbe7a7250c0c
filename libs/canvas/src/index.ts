// The public interface of the 28×28 canvas: pure functions on plain data, without terminal, clock or
// state.

export { type Brush, defaultBrush } from './brush.ts';
export { CanvasError, type CanvasErrorCode } from './canvas-error.ts';
export {
  beginStroke,
  blankDocument,
  type CanvasDocument,
  clearDocument,
  continueStroke,
  type Drawing,
  drawingOfPicture,
  endStroke,
  invertDocument,
  loadDrawing,
  type OpenStroke,
  redoDocument,
  shiftDocument,
  undoDocument,
} from './document.ts';
export {
  type Gesture,
  replayGestures,
  type StrokeGesture,
  type TimedPoint,
  type Tool,
} from './gesture.ts';
export { gesturesFromJson, gesturesToJson } from './gesture-file.ts';
export { type GreyPicture, rasterOfPicture } from './grey-picture.ts';
export type { History } from './history.ts';
export { eraseSegment, paintSegment } from './paint.ts';
export { encodePng } from './png.ts';
export type { Point, Segment } from './point.ts';
export {
  blankRaster,
  canvasPixelCount,
  canvasSide,
  fullInk,
  inkAt,
  isBlank,
  type Raster,
} from './raster.ts';
export { drawStrokes, type Stroke, scaleStrokes } from './strokes.ts';
