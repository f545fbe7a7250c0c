// What a terminal makes of a pen's path: the mouse is reported by the character cell that it is in.

import type { Stroke } from '../../strokes.ts';
import { type Drawing, mapPoints } from '../strokes/transform.ts';

/**
 * Cells on the 28×28 grid: `half-block` is one pixel wide and two high, `full-cell` half a pixel
 * wide and one high, `none` is a terminal that reports pixels.
 */
export type InputGrid = 'half-block' | 'full-cell' | 'none';

const cells = {
  'half-block': { width: 1, height: 2 },
  'full-cell': { width: 0.5, height: 1 },
} as const;

/** Every point in the middle of its cell; one report a cell. */
export function snapToGrid(drawing: Drawing, grid: InputGrid): readonly Stroke[] {
  if (grid === 'none') return drawing;
  const { width, height } = cells[grid];
  const middled = mapPoints(drawing, (x, y) => [
    (Math.floor(x / width) + 0.5) * width,
    (Math.floor(y / height) + 0.5) * height,
  ]);
  return middled.map(stroke =>
    stroke.filter(([x, y], i) => i === 0 || x !== stroke[i - 1]![0] || y !== stroke[i - 1]![1]),
  );
}
