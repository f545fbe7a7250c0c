// The document of a drawing: the raster, the gestures that made it, its history, and the stroke in
// progress. Each function returns a new document, or the same object if nothing changed.

import { applyTool, type Gesture, type TimedPoint, type ToolWithRadius } from './gesture.ts';
import { amend, type History, record, redo, startHistory, undo } from './history.ts';
import {
  blankRaster,
  hasSameInk,
  invertRaster,
  isBlank,
  type Raster,
  shiftRaster,
} from './raster.ts';

/** A raster and the gestures that made it: `replayGestures(gestures)` equals `raster`. */
export interface Drawing {
  readonly raster: Raster;
  readonly gestures: readonly Gesture[];
}

/** A stroke that has not ended: one gesture, however many points it has. */
export interface OpenStroke extends ToolWithRadius {
  readonly points: readonly TimedPoint[];
  /** the drawing before the stroke, which undo restores */
  readonly before: Drawing;
}

/** A drawing with its undo history and the stroke in progress. Immutable. */
export interface CanvasDocument {
  readonly history: History<Drawing>;
  readonly stroke: OpenStroke | undefined;
}

/** A longer stroke is split in two, which bounds the size of one gesture. */
const maxPointsPerStroke = 2000;

const blankDrawing: Drawing = { raster: blankRaster(), gestures: [] };

/** @returns a document without ink, gestures or history */
export function blankDocument(): CanvasDocument {
  return { history: startHistory(blankDrawing), stroke: undefined };
}

/**
 * Ends any stroke in progress and starts a new one with a dot.
 *
 * @throws CanvasError as `paintSegment` does
 */
export function beginStroke(
  { history }: CanvasDocument,
  { tool, radius }: ToolWithRadius,
  at: TimedPoint,
): CanvasDocument {
  const stroke = { tool, radius, points: [], before: history.present };
  return extendStroke({ history, stroke }, stroke, at);
}

/**
 * Extends the stroke in progress by one point. Returns the same document if there is none.
 *
 * @throws CanvasError as `paintSegment` does
 */
export function continueStroke(document: CanvasDocument, to: TimedPoint): CanvasDocument {
  const { history, stroke } = document;
  if (stroke === undefined) return document;
  if (stroke.points.length < maxPointsPerStroke) return extendStroke(document, stroke, to);
  const next = { ...stroke, points: stroke.points.slice(-1), before: history.present };
  return extendStroke(document, next, to);
}

/** Ends the stroke in progress, if there is one. */
export function endStroke(document: CanvasDocument): CanvasDocument {
  return document.stroke === undefined ? document : { ...document, stroke: undefined };
}

/** Removes all ink, as one step of undo. */
export function clearDocument(document: CanvasDocument): CanvasDocument {
  const isClear = isBlank(document.history.present.raster);
  return isClear ? endStroke(document) : addStep(document, blankDrawing);
}

/** Shifts the drawing by whole pixels. Ink shifted off the canvas is lost unless the shift is undone. */
export function shiftDocument(document: CanvasDocument, dx: number, dy: number): CanvasDocument {
  const { raster, gestures } = document.history.present;
  const shifted = shiftRaster(raster, dx, dy);
  if (hasSameInk(shifted, raster)) return endStroke(document);
  const shift = { type: 'shift', dx, dy } as const;
  return addStep(document, { raster: shifted, gestures: [...gestures, shift] });
}

/** Replaces the ink of every pixel by 255 − ink, as one step of undo. */
export function invertDocument(document: CanvasDocument): CanvasDocument {
  const { raster, gestures } = document.history.present;
  return addStep(document, {
    raster: invertRaster(raster),
    gestures: [...gestures, { type: 'inversion' }],
  });
}

/** @returns a drawing of one gesture, a picture */
export function drawingOfPicture(picture: Raster): Drawing {
  return { raster: picture, gestures: [{ type: 'picture', pixels: [...picture] }] };
}

/** Replaces the drawing by another one with its gestures, as one step of undo. */
export function loadDrawing(document: CanvasDocument, drawing: Drawing): CanvasDocument {
  const isSame = hasSameInk(drawing.raster, document.history.present.raster);
  return isSame ? endStroke(document) : addStep(document, drawing);
}

/** Undoes the last step; a stroke in progress ends first. */
export function undoDocument(document: CanvasDocument): CanvasDocument {
  return withHistory(document, undo(document.history));
}

/** Redoes the step undone last; a stroke in progress ends first. */
export function redoDocument(document: CanvasDocument): CanvasDocument {
  return withHistory(document, redo(document.history));
}

function withHistory(document: CanvasDocument, history: History<Drawing>): CanvasDocument {
  return history === document.history ? endStroke(document) : { history, stroke: undefined };
}

function addStep({ history }: CanvasDocument, drawing: Drawing): CanvasDocument {
  return { history: record(history, drawing), stroke: undefined };
}

/** Adds a stroke to the history once it has changed a pixel, so a stroke without effect adds no undo step. */
function extendStroke(
  { history }: CanvasDocument,
  stroke: OpenStroke,
  to: TimedPoint,
): CanvasDocument {
  const points = [...stroke.points, to];
  const extended = { ...stroke, points };
  const { present } = history;
  const raster = applyTool(present.raster, stroke, stroke.points.at(-1) ?? to, to);
  if (raster === present.raster) return { history, stroke: extended };
  const { tool, radius, before } = stroke;
  const gesture = { type: 'stroke', tool, radius, points } as const;
  const drawing = { raster, gestures: [...before.gestures, gesture] };
  const isFirst = present === before;
  return {
    history: isFirst ? record(history, drawing) : amend(history, drawing),
    stroke: extended,
  };
}
