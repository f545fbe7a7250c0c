// Curves in braille characters, two by four dots a cell (Unicode, Braille Patterns); in ASCII, one asterisk a
// cell.

import type { Size } from './panel.ts';
import { inTone, type Style, type Tone } from './style.ts';
import { cut } from './text.ts';

/** A point of a curve. */
export interface CurvePoint {
  /** 0…1 of the width */
  readonly x: number;
  readonly y: number;
}

/** A curve and the range of its axis. */
export interface Curve {
  /** by increasing x */
  readonly points: readonly CurvePoint[];
  /** at the bottom and at the top */
  readonly low: number;
  readonly high: number;
  readonly tone: Tone;
  /** of at most six characters */
  readonly format: (value: number) => string;
}

const blankBraille = 0x2800;

/** The bit of each dot of a cell, by row and column. */
const dotBits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

const labelColumns = 6;

/** Renders a curve with its range to the left. @returns rows of exactly `columns` cells */
export function curveRows(curve: Curve, { columns, rows }: Size, style: Style): string[] {
  const plotColumns = columns - labelColumns - 1;
  const plot = plotRows(curve, { columns: plotColumns, rows }, style);
  return plot.map((row, index) => {
    const value = index === 0 ? curve.high : index === rows - 1 ? curve.low : undefined;
    const label = value === undefined ? '' : cut(curve.format(value), labelColumns);
    const axis = inTone(`${label.padStart(labelColumns)} `, 'quiet', style);
    return axis + inTone(row, curve.tone, style);
  });
}

function plotRows(curve: Curve, { columns, rows }: Size, { glyphs }: Style): string[] {
  const isBraille = glyphs === 'unicode';
  const [across, down] = isBraille ? [2, 4] : [1, 1];
  const cells = Array.from({ length: rows }, () => new Uint8Array(columns));
  const draw = (x: number, y: number) => {
    const row = cells[Math.floor(y / down)]!;
    row[Math.floor(x / across)]! |= isBraille ? dotBits[y % 4]![x % 2]! : 1;
  };
  drawCurve(curve, { columns: columns * across, rows: rows * down }, draw);
  const characterOf = (bits: number) =>
    isBraille ? String.fromCharCode(blankBraille + bits) : bits === 0 ? ' ' : '*';
  return cells.map(row => Array.from(row, characterOf).join(''));
}

/** Draws the lines between the points, in dots. */
function drawCurve(
  { points, low, high }: Curve,
  { columns, rows }: Size,
  draw: (x: number, y: number) => void,
): void {
  const range = high - low || 1;
  const limit = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1);
  const dots = points.map(({ x, y }) => ({
    x: limit(Math.round(x * (columns - 1)), columns),
    y: limit(Math.round((1 - (y - low) / range) * (rows - 1)), rows),
  }));
  for (const [i, to] of dots.entries()) {
    const from = dots[i - 1] ?? to;
    const steps = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y), 1);
    for (let step = 0; step <= steps; step++) {
      const part = (start: number, end: number) =>
        Math.round(start + ((end - start) * step) / steps);
      draw(part(from.x, to.x), part(from.y, to.y));
    }
  }
}
