// The drawing and the tools for it: the document, the keyboard's pen, the brush. Pure; the times of strokes
// come with the actions.

import {
  beginStroke,
  blankDocument,
  type CanvasDocument,
  canvasSide,
  clearDocument,
  continueStroke,
  type Drawing,
  defaultBrush,
  endStroke,
  invertDocument,
  loadDrawing,
  type Point,
  redoDocument,
  shiftDocument,
  type TimedPoint,
  type Tool,
  undoDocument,
} from '@digits/canvas';

/** The keyboard's pen, on the pixel in column x and row y; shown once keys move it. */
export interface KeyboardPen {
  readonly x: number;
  readonly y: number;
  readonly isDown: boolean;
  readonly isShown: boolean;
}

export interface DrawingState {
  readonly document: CanvasDocument;
  /** The tool of the left button and of the keyboard's pen, and its radius in pixels. */
  readonly tool: Tool;
  readonly radius: number;
  readonly pen: KeyboardPen;
}

/** A blank drawing, and the pen up, hidden, in the middle. */
export const initialDrawing: DrawingState = {
  document: blankDocument(),
  tool: 'pen',
  radius: defaultBrush.radius,
  pen: { x: canvasSide / 2, y: canvasSide / 2, isDown: false, isShown: false },
};

/** Changes of the drawing or of the tool. Times are milliseconds on one clock. */
export type DrawingAction =
  | {
      readonly type: 'stroke-began';
      /** The current tool, unless the mouse button selects one. */
      readonly tool?: Tool;
      readonly at: Point;
      readonly timeMs: number;
    }
  | { readonly type: 'stroke-continued'; readonly to: Point; readonly timeMs: number }
  | { readonly type: 'stroke-ended' }
  /** One step of the keyboard's pen, in pixels. */
  | {
      readonly type: 'pen-moved';
      readonly dx: number;
      readonly dy: number;
      readonly timeMs: number;
    }
  | { readonly type: 'pen-toggled'; readonly timeMs: number }
  | { readonly type: 'tool-toggled' }
  | { readonly type: 'brush-changed'; readonly steps: number }
  | { readonly type: 'cleared' }
  | { readonly type: 'undone' }
  | { readonly type: 'redone' }
  | { readonly type: 'shifted'; readonly dx: number; readonly dy: number }
  | { readonly type: 'inverted' }
  | { readonly type: 'drawing-loaded'; readonly drawing: Drawing };

/** The radii to choose from, in pixels; `defaultBrush` of the canvas has one of them. */
export const brushRadii = [0.6, 0.9, 1.2, 1.6, 2.1, 2.8, 3.8, 5] as const;

/** @returns the state after the action; the same object if nothing changed */
export function reduceDrawing<State extends DrawingState>(
  state: State,
  action: DrawingAction,
): State {
  switch (action.type) {
    case 'stroke-began': {
      const { radius } = state;
      const tool = action.tool ?? state.tool;
      const document = beginStroke(
        state.document,
        { tool, radius },
        timed(action.at, action.timeMs),
      );
      return { ...state, pen: penAt(action.at), document };
    }
    case 'stroke-continued':
      return drawOn(state, action.to, action.timeMs);
    case 'stroke-ended':
      return state.pen.isDown ? state : withDocument(state, endStroke(state.document));
    case 'pen-moved':
      return movePen(state, action);
    case 'pen-toggled':
      return togglePen(state, action.timeMs);
    case 'tool-toggled':
      return { ...lifted(state), tool: state.tool === 'pen' ? 'eraser' : 'pen' };
    case 'brush-changed':
      return { ...lifted(state), radius: radiusAfter(state.radius, action.steps) };
    default:
      return withDocument(lifted(state), changedDocument(state.document, action));
  }
}

type DocumentAction = Extract<
  DrawingAction,
  { type: 'cleared' | 'undone' | 'redone' | 'shifted' | 'inverted' | 'drawing-loaded' }
>;

function changedDocument(document: CanvasDocument, action: DocumentAction): CanvasDocument {
  switch (action.type) {
    case 'cleared':
      return clearDocument(document);
    case 'undone':
      return undoDocument(document);
    case 'redone':
      return redoDocument(document);
    case 'shifted':
      return shiftDocument(document, action.dx, action.dy);
    case 'inverted':
      return invertDocument(document);
    case 'drawing-loaded':
      return loadDrawing(document, action.drawing);
  }
}

/** A mouse motion draws only while a stroke of the mouse is open. */
function drawOn<State extends DrawingState>(state: State, to: Point, timeMs: number): State {
  if (state.document.stroke === undefined || state.pen.isDown) return state;
  return { ...state, pen: penAt(to), document: continueStroke(state.document, timed(to, timeMs)) };
}

/** There is one pen: the mouse moves that of the keyboard too, and lifts it. */
function penAt([x, y]: Point): KeyboardPen {
  return { x: pixelAt(x), y: pixelAt(y), isDown: false, isShown: false };
}

function movePen<State extends DrawingState>(
  state: State,
  { dx, dy, timeMs }: DrawingAction & { type: 'pen-moved' },
): State {
  const { pen, document } = state;
  const moved = { ...pen, x: pixelAt(pen.x + dx), y: pixelAt(pen.y + dy), isShown: true };
  const drawn = pen.isDown ? continueStroke(document, timed(centreOf(moved), timeMs)) : document;
  return { ...state, pen: moved, document: drawn };
}

/** Putting the pen down draws a dot at once; lifting it ends the gesture. */
function togglePen<State extends DrawingState>(state: State, timeMs: number): State {
  const { tool, radius } = state;
  const pen = { ...state.pen, isDown: !state.pen.isDown, isShown: true };
  const document = pen.isDown
    ? beginStroke(state.document, { tool, radius }, timed(centreOf(pen), timeMs))
    : endStroke(state.document);
  return { ...state, pen, document };
}

/** Lifts the pen before any other change of the drawing. */
function lifted<State extends DrawingState>(state: State): State {
  const document = endStroke(state.document);
  if (!state.pen.isDown) return withDocument(state, document);
  return { ...state, pen: { ...state.pen, isDown: false }, document };
}

function withDocument<State extends DrawingState>(state: State, document: CanvasDocument): State {
  return document === state.document ? state : { ...state, document };
}

function radiusAfter(radius: number, steps: number): number {
  const index = brushRadii.findIndex(each => each >= radius);
  const last = brushRadii.length - 1;
  return brushRadii[Math.min(Math.max((index < 0 ? last : index) + steps, 0), last)] ?? radius;
}

function timed([x, y]: Point, timeMs: number): TimedPoint {
  return [x, y, timeMs];
}

/** The pixel that contains a coordinate, or the nearest one of the drawing. */
function pixelAt(coordinate: number): number {
  return Math.min(Math.max(Math.floor(coordinate), 0), canvasSide - 1);
}

function centreOf({ x, y }: KeyboardPen): Point {
  return [x + 0.5, y + 0.5];
}

/** @returns the current tool, and the position of the keyboard's pen */
export function toolText(state: Omit<DrawingState, 'document'>): string {
  return [brushText(state), penText(state)].filter(text => text !== '').join(', ');
}

export function brushText({ tool, radius }: Pick<DrawingState, 'tool' | 'radius'>): string {
  return `${tool === 'pen' ? 'Pen' : 'Eraser'}, brush ${radius.toFixed(1)}`;
}

/** @returns the position of the keyboard's pen; empty if it is hidden */
export function penText({ pen }: Pick<DrawingState, 'pen'>): string {
  const { x, y, isDown, isShown } = pen;
  return isShown ? `${isDown ? 'down' : 'up'} at column ${x + 1}, row ${y + 1}` : '';
}
