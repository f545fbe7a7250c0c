// The geometry of the canvas: from a position on the screen to the pixel there, and back.

import { canvasSide, type Point } from '@digits/canvas';
import type { Area } from '../layout.ts';

/** A position in cells: a whole number means the cell, any other an exact position in it. */
export interface ScreenPosition {
  readonly x: number;
  readonly y: number;
}

/** @returns whether a position is in an area, such as the canvas. */
export function isInside({ x, y }: ScreenPosition, { left, top, columns, rows }: Area): boolean {
  return x >= left && x < left + columns && y >= top && y < top + rows;
}

/** @returns the position in pixels of the drawing, which may be outside of it. */
export function pointAt({ x, y }: ScreenPosition, { left, top, columns, rows }: Area): Point {
  return [((inCell(x) - left) * canvasSide) / columns, ((inCell(y) - top) * canvasSide) / rows];
}

/** @returns the first cell that shows the pixel in column x and row y. */
export function cellOf(x: number, y: number, { left, top, columns, rows }: Area): ScreenPosition {
  return {
    x: left + Math.floor((x * columns) / canvasSide),
    y: top + Math.floor((y * rows) / canvasSide),
  };
}

/** A whole cell is represented by its centre. */
function inCell(coordinate: number): number {
  return Number.isInteger(coordinate) ? coordinate + 0.5 : coordinate;
}
