// How each action changes the state. Pure: no terminal, no service, no clock.

import { blankRaster, type Point, paintSegment, SIDE } from '@digits/canvas';
import type { Action } from './action.ts';
import type { KeyboardPen, State } from './state.ts';

/** @returns the state after the action; the same object if nothing changed. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'stroke-began':
      return beginStroke(state, action.at);
    case 'stroke-continued':
      return continueStroke(state, action.to);
    case 'stroke-ended':
      return state.strokeEnd === undefined ? state : { ...state, strokeEnd: undefined };
    case 'pen-moved':
      return movePen(state, action.dx, action.dy);
    case 'pen-toggled':
      return togglePen(state);
    case 'cleared':
      return clear(state);
    case 'asked':
      return { ...state, asked: action.raster, failure: undefined };
    case 'answered':
      return isStale(state, action) ? state : answered(state, action);
    case 'ask-failed':
      return isStale(state, action) ? state : { ...state, asked: undefined, failure: action.why };
    case 'service-changed':
      return { ...state, service: action.service };
    case 'window-resized':
      return { ...state, window: action.window };
  }
}

/** A new drawing: neither an old answer nor one still to come is about it. */
function clear(state: State): State {
  const nothing = { asked: undefined, answer: undefined, failure: undefined };
  return { ...state, ...nothing, raster: blankRaster(), strokeEnd: undefined };
}

function beginStroke(state: State, at: Point): State {
  return paint({ ...state, pen: takenTo(at), strokeEnd: at }, at, at);
}

function continueStroke(state: State, to: Point): State {
  const from = state.strokeEnd;
  if (from === undefined) return state;
  return paint({ ...state, pen: takenTo(to), strokeEnd: to }, from, to);
}

/** There is one pen: the mouse takes it from the keyboard, which goes on from where it is left. */
function takenTo([x, y]: Point): KeyboardPen {
  return { x: pixelAt(x), y: pixelAt(y), isDown: false, isShown: false };
}

function movePen(state: State, dx: number, dy: number): State {
  const { pen } = state;
  const moved = { ...pen, x: pixelAt(pen.x + dx), y: pixelAt(pen.y + dy), isShown: true };
  const next = { ...state, pen: moved };
  return pen.isDown ? paint(next, centreOf(pen), centreOf(moved)) : next;
}

/** Putting the pen down leaves a dot at once. */
function togglePen(state: State): State {
  const pen = { ...state.pen, isDown: !state.pen.isDown, isShown: true };
  const next = { ...state, pen };
  return pen.isDown ? paint(next, centreOf(pen), centreOf(pen)) : next;
}

function paint(state: State, from: Point, to: Point): State {
  return { ...state, raster: paintSegment(state.raster, [from, to]) };
}

function answered(state: State, { raster, prediction }: Action & { type: 'answered' }): State {
  return { ...state, asked: undefined, answer: { raster, prediction } };
}

/** Whether the outcome is of another question than the latest. */
function isStale(state: State, outcome: Action & { type: 'answered' | 'ask-failed' }): boolean {
  return state.asked !== outcome.raster;
}

/** The pixel that holds a coordinate, or the nearest on the surface. */
function pixelAt(coordinate: number): number {
  return Math.min(Math.max(Math.floor(coordinate), 0), SIDE - 1);
}

function centreOf({ x, y }: KeyboardPen): Point {
  return [x + 0.5, y + 0.5];
}
