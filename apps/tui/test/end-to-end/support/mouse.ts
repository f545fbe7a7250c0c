// Recorded strokes as the mouse reports that a terminal would send.

import { readFileSync } from 'node:fs';
import type { Stroke } from '@digits/canvas';
import { insideOfFirstBox } from '../../emulated-screen.ts';

export interface RecordedDigit {
  readonly label: number;
  readonly strokes: readonly Stroke[];
}

/** The inside of the canvas on the screen, in cells counted from 0. */
export interface BoxInside {
  left: number;
  top: number;
  columns: number;
  rows: number;
}

/** A digit drawn for these tests; coordinates are fractions of the canvas, 0…1. */
export function recordedDigit(label: number): RecordedDigit {
  const file = new URL(`../../strokes/${label}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Finds the canvas on the screen. */
export function boxInside(lines: readonly string[]): BoxInside {
  return insideOfFirstBox(lines);
}

/** Press, motion from cell to cell, release, for each stroke: SGR reports, counted from 1. */
export function mouseReports(strokes: readonly Stroke[], box: BoxInside): string {
  return strokes.map(stroke => strokeReports(stroke, box)).join('');
}

function strokeReports(stroke: Stroke, { left, top, columns, rows }: BoxInside): string {
  const cells = stroke
    .map(([x, y]) => `${left + Math.floor(x * columns) + 1};${top + Math.floor(y * rows) + 1}`)
    .filter((cell, index, all) => cell !== all[index - 1]);
  const [first = '', ...others] = cells;
  const moves = others.map(cell => `\u{1b}[<32;${cell}M`).join('');
  return `\u{1b}[<0;${first}M${moves}\u{1b}[<0;${cells.at(-1)}m`;
}
