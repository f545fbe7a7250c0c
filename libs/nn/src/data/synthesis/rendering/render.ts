// Renders strokes as the pictures that people send: on the app's canvas with its own brush, with a
// one-pixel pen, or in another program on a larger canvas; at any place and size.

import { between, type Random, within } from '../../../engine/random.ts';
import type { Picture } from '../../../preprocess/picture.ts';
import type { Stroke } from '../../strokes.ts';
import { type Drawing, mapPoints, normalise, perturbStrokes } from '../strokes/transform.ts';
import { rasterize, rasterizeThin } from './rasterize.ts';

/** Side of the app's canvas, in pixels. */
export const canvasSide = 28;

/** The app's brush: strokes and radius in pixels → [28, 28] ink 0…255. */
export type CanvasBrush = (drawing: Drawing, radius: number) => Uint8Array;

/**
 * Cells that a pen's path is reported in, on the 28×28 canvas: a terminal reports the mouse by the
 * character cell. `half-block` is one pixel wide and two high, `full-cell` half a pixel wide and one
 * high, `none` is a terminal that reports pixels.
 */
export type InputGrid = 'half-block' | 'full-cell' | 'none';

/** How a drawing is rendered. All lengths in pixels of the canvas. */
export interface RenderStyle {
  /** the canvas's side; the app's is 28 */
  readonly side: number;
  /** longest side of the drawing, between the pen's outermost positions */
  readonly size: number;
  readonly centre: readonly [x: number, y: number];
  /** undefined: a line of one pixel */
  readonly radius: number | undefined;
  readonly grid: InputGrid;
  /** whether edges are grey; the app's brush always has grey ones */
  readonly isSoft: boolean;
}

/** @returns light ink on a dark background */
export function render(drawing: Drawing, style: RenderStyle, brush: CanvasBrush): Picture {
  const { side, size, centre, grid } = style;
  const placed = mapPoints(normalise(drawing), (x, y) => [
    centre[0] + size * x,
    centre[1] + size * y,
  ]);
  const data = inkOf(snapToGrid(placed, grid), style, brush);
  return { width: side, height: side, channels: 1, data };
}

function inkOf(
  strokes: Drawing,
  { side, radius, isSoft }: RenderStyle,
  brush: CanvasBrush,
): Uint8Array {
  if (radius === undefined) return rasterizeThin(strokes, side);
  if (side === canvasSide && isSoft) return brush(strokes, radius);
  return rasterize(strokes, side, { radius, isSoft });
}

const cells = {
  'half-block': { width: 1, height: 2 },
  'full-cell': { width: 0.5, height: 1 },
} as const;

/** Moves every point to the centre of its cell; repeated reports of one cell become one point. */
export function snapToGrid(drawing: Drawing, grid: InputGrid): readonly Stroke[] {
  if (grid === 'none') return drawing;
  const { width, height } = cells[grid];
  const snapped = mapPoints(drawing, (x, y) => [
    (Math.floor(x / width) + 0.5) * width,
    (Math.floor(y / height) + 0.5) * height,
  ]);
  return snapped.map(stroke =>
    stroke.filter(([x, y], i) => i === 0 || x !== stroke[i - 1]![0] || y !== stroke[i - 1]![1]),
  );
}

/** How much writers differ from one another, and from themselves. */
const handwriting = { rotation: 0.2, slant: 0.25, aspect: 0.25, wobble: 0.03 } as const;

/** Renders the drawing as another writer's, in a random style. */
export function renderInRandomStyle(drawing: Drawing, brush: CanvasBrush, random: Random): Picture {
  const perturbed = perturbStrokes(normalise(drawing), handwriting, random);
  return render(perturbed, drawRenderStyle(random), brush);
}

/** Fraction of all drawings made in another program, or photographed. */
const otherCanvasFraction = 0.25;

/** Fraction of all drawings with a line of one pixel. */
const thinLineFraction = 0.25;

/** Fraction of the drawings on the app's canvas with the app's default brush, at any size. */
const defaultBrushFraction = 0.25;
const defaultBrushRadius = 1.2;

export function drawRenderStyle(random: Random): RenderStyle {
  const isOther = random.uniform() < otherCanvasFraction;
  const side = isOther ? Math.round(between(32, 96, random)) : canvasSide;
  const size = between(0.22, 0.97, random) * side;
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

function drawRadius(side: number, size: number, random: Random): number | undefined {
  const chosen = random.uniform();
  if (chosen < thinLineFraction) return undefined;
  if (side === canvasSide && chosen < thinLineFraction + defaultBrushFraction) {
    return defaultBrushRadius;
  }
  // A smaller digit gets a finer pen.
  return (between(0.4, 2.3, random) * Math.min(side, 1.2 * size + 0.2 * side)) / canvasSide;
}

function drawGrid(random: Random): InputGrid {
  return (['half-block', 'full-cell', 'none'] as const)[random.below(3)]!;
}
