// A sheet of paper that is drawn on: the drawing, the gestures that made it, its history, and the
// stroke under the hand. Pure: each function returns a new sheet, or the same one if it changes
// nothing.

import { applyTool, type Gesture, type TimedPoint, type Tool } from './gesture.ts';
import { amend, type History, record, redo, startHistory, undo } from './history.ts';
import { blankRaster, isBlank, type Raster } from './raster.ts';
import { invertRaster, isSameInk, shiftRaster } from './transform.ts';

/** A raster and how it came about: `replayGestures(gestures)` equals `raster`. */
export interface Drawing {
  readonly raster: Raster;
  readonly gestures: readonly Gesture[];
}

/** A stroke that is not at its end: one gesture, however many samples it has. */
export interface OpenStroke {
  readonly tool: Tool;
  readonly radius: number;
  readonly points: readonly TimedPoint[];
  /** The drawing before it, to which undoing leads. */
  readonly before: Drawing;
}

export interface CanvasDocument {
  readonly history: History<Drawing>;
  readonly stroke: OpenStroke | undefined;
}

/** More samples than any hand makes in one stroke; a longer one becomes two. */
const maxPoints = 2000;

const blank: Drawing = { raster: blankRaster(), gestures: [] };

export function blankDocument(): CanvasDocument {
  return { history: startHistory(blank), stroke: undefined };
}

/** Puts a tool down, which leaves a dot at once; a stroke still open ends there. */
export function beginStroke(
  { history }: CanvasDocument,
  { tool, radius }: { readonly tool: Tool; readonly radius: number },
  at: TimedPoint,
): CanvasDocument {
  const stroke = { tool, radius, points: [], before: history.present };
  return extendStroke({ history, stroke }, stroke, at);
}

/** Draws on to the next sample. Without a stroke nothing is drawn. */
export function continueStroke(sheet: CanvasDocument, to: TimedPoint): CanvasDocument {
  const { history, stroke } = sheet;
  if (stroke === undefined) return sheet;
  if (stroke.points.length < maxPoints) return extendStroke(sheet, stroke, to);
  const rest = { ...stroke, points: stroke.points.slice(-1), before: history.present };
  return extendStroke(sheet, rest, to);
}

export function endStroke(sheet: CanvasDocument): CanvasDocument {
  return sheet.stroke === undefined ? sheet : { ...sheet, stroke: undefined };
}

/** Bare paper, as a step that can be undone. */
export function clearDocument(sheet: CanvasDocument): CanvasDocument {
  return isBlank(sheet.history.present.raster) ? endStroke(sheet) : step(sheet, blank);
}

/** Moves the drawing by whole pixels; what leaves the surface is lost, until it is undone. */
export function shiftDocument(sheet: CanvasDocument, dx: number, dy: number): CanvasDocument {
  const { raster, gestures } = sheet.history.present;
  const shifted = shiftRaster(raster, dx, dy);
  if (isSameInk(shifted, raster)) return endStroke(sheet);
  const shift = { kind: 'shift', dx, dy } as const;
  return step(sheet, { raster: shifted, gestures: [...gestures, shift] });
}

export function invertDocument(sheet: CanvasDocument): CanvasDocument {
  const { raster, gestures } = sheet.history.present;
  return step(sheet, {
    raster: invertRaster(raster),
    gestures: [...gestures, { kind: 'inversion' }],
  });
}

/** Puts a picture in the place of the drawing. */
export function loadPicture(sheet: CanvasDocument, picture: Raster): CanvasDocument {
  if (isSameInk(picture, sheet.history.present.raster)) return endStroke(sheet);
  const gesture = { kind: 'picture', pixels: [...picture] } as const;
  return step(sheet, { raster: picture, gestures: [gesture] });
}

export function undoDocument(sheet: CanvasDocument): CanvasDocument {
  return travel(sheet, undo(sheet.history));
}

export function redoDocument(sheet: CanvasDocument): CanvasDocument {
  return travel(sheet, redo(sheet.history));
}

function travel(sheet: CanvasDocument, history: History<Drawing>): CanvasDocument {
  return history === sheet.history ? endStroke(sheet) : { history, stroke: undefined };
}

function step({ history }: CanvasDocument, drawing: Drawing): CanvasDocument {
  return { history: record(history, drawing), stroke: undefined };
}

/** Only what changes a pixel becomes part of the drawing: an idle stroke is nothing to undo. */
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
  const gesture = { kind: 'stroke', tool, radius, points } as const;
  const drawing = { raster, gestures: [...before.gestures, gesture] };
  const isFirst = present === before;
  return {
    history: isFirst ? record(history, drawing) : amend(history, drawing),
    stroke: extended,
  };
}
