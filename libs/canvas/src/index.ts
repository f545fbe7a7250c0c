// The 28×28 drawing surface. Pure: no terminal, no clock, no state of its own.

export type { Brush } from './brush.ts';
export { DEFAULT_BRUSH } from './brush.ts';
export type { CanvasErrorCode } from './canvas-error.ts';
export { CanvasError } from './canvas-error.ts';
export { paintSegment } from './paint.ts';
export type { Point, Segment } from './point.ts';
export type { Raster } from './raster.ts';
export { blankRaster, FULL_INK, inkAt, isBlank, PIXELS, SIDE } from './raster.ts';
export type { Stroke } from './strokes.ts';
export { drawStrokes, scaleStrokes } from './strokes.ts';
