// Recorded strokes as the pictures that people send: drawn on the app's grid with its own brush, with
// a one-pixel pen, or in another program on larger paper; at any place and size.

import { between, type Random, within } from '../../../engine/random.ts';
import type { Picture } from '../../../preprocess/picture.ts';
import { type Drawing, mapPoints, normalise, perturbStrokes } from '../strokes/transform.ts';
import { type InputGrid, snapToGrid } from './input-grid.ts';
import { rasterize, rasterizeThin } from './rasterize.ts';

/** Side of the app's grid, in pixels. */
export const canvasSide = 28;

/** The app's brush: strokes in pixels → [28, 28] ink 0…255. */
export type CanvasBrush = (drawing: Drawing, radius: number) => Uint8Array;

/** How a drawing comes about. All lengths in pixels of the paper. */
export interface RenderStyle {
  /** the paper's side; the app's grid is 28 */
  readonly side: number;
  /** longest side of the drawing, from pen to pen */
  readonly size: number;
  readonly centre: readonly [x: number, y: number];
  /** null: a line of one pixel */
  readonly radius: number | null;
  readonly grid: InputGrid;
  /** grey edges; the app's brush has them always */
  readonly isSoft: boolean;
}

/** @returns light ink on dark paper */
export function render(drawing: Drawing, manner: RenderStyle, brush: CanvasBrush): Picture {
  const { side, size, centre, radius, grid, isSoft } = manner;
  const placed = mapPoints(normalise(drawing), (x, y) => [
    centre[0] + size * x,
    centre[1] + size * y,
  ]);
  const pen = snapToGrid(placed, grid);
  const data = () => {
    if (radius === null) return rasterizeThin(pen, side);
    return side === canvasSide && isSoft
      ? brush(pen, radius)
      : rasterize(pen, side, { radius, isSoft });
  };
  return { width: side, height: side, channels: 1, data: data() };
}

/** Hands differ so much from one another, and from themselves. */
const hands = { rotation: 0.2, slant: 0.25, aspect: 0.25, wobble: 0.03 } as const;

/** The drawing by another hand in a random manner. */
export function renderInRandomStyle(drawing: Drawing, brush: CanvasBrush, random: Random): Picture {
  return render(perturbStrokes(normalise(drawing), hands, random), drawRenderStyle(random), brush);
}

/** Of all drawings: made in another program, or photographed. */
const onOtherPaper = 0.25;

/** Of all drawings: with a line of one pixel. */
const withThinLine = 0.25;

/** Of the drawings on the grid: with the brush that the app begins with, however small they are. */
const withAppBrush = 0.25;
const appRadius = 1.2;

export function drawRenderStyle(random: Random): RenderStyle {
  const isOther = random.uniform() < onOtherPaper;
  const side = isOther ? Math.round(between(32, 96, random)) : canvasSide;
  const share = between(0.22, 0.97, random);
  const size = share * side;
  const margin = Math.max(0, (side - size) / 2 - 0.02 * side);
  return {
    side,
    size,
    centre: [side / 2 + within(margin, random), side / 2 + within(margin, random)],
    radius: drawRadius(side, size, random),
    grid: isOther ? 'none' : drawGrid(random),
    isSoft: !isOther || random.uniform() < 0.5,
  };
}

function drawRadius(side: number, size: number, random: Random): number | null {
  const chosen = random.uniform();
  if (chosen < withThinLine) return null;
  if (side === canvasSide && chosen < withThinLine + withAppBrush) return appRadius;
  // People take a finer pen for a smaller digit.
  return (between(0.4, 2.3, random) * Math.min(side, 1.2 * size + 0.2 * side)) / canvasSide;
}

function drawGrid(random: Random): InputGrid {
  return (['half-block', 'full-cell', 'none'] as const)[random.below(3)]!;
}
