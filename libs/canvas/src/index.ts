// The 28×28 drawing surface. Pure: no terminal, no clock, no state of its own.

export type { Brush } from './brush.ts';
export { defaultBrush as DEFAULT_BRUSH } from './brush.ts';
export type { CanvasErrorCode } from './canvas-error.ts';
export { CanvasError } from './canvas-error.ts';
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
  fullInk as FULL_INK,
  inkAt,
  isBlank,
  pixelCount as PIXELS,
  side as SIDE,
} from './raster.ts';
export type { Drawing, OpenStroke, Sheet } from './sheet.ts';
export {
  beginStroke,
  blankSheet,
  clearSheet,
  continueStroke,
  endStroke,
  invertSheet,
  loadPicture,
  redoSheet,
  shiftSheet,
  undoSheet,
} from './sheet.ts';
export type { Stroke } from './strokes.ts';
export { drawStrokes, scaleStrokes } from './strokes.ts';
