// Renders strokes in the styles of users' pictures: on the app's canvas with its brush, with a one-pixel
// pen, or on the larger canvas of another program; at any position and size.

import { between, type Random, within } from '../../../engine/random.ts';
import type { Picture } from '../../../preprocess/picture.ts';
import type { Stroke } from '../../strokes.ts';
import {
  boundingBoxOf,
  type Drawing,
  mapPoints,
  normalise,
  perturbStrokes,
} from '../strokes/transform.ts';
import { rasterize, rasterizeThin } from './rasterize.ts';

/** Side of the app's canvas, in pixels. */
export const canvasSide = 28;

/** The app's brush: strokes and radius in pixels → [28, 28] ink 0…255. */
export type CanvasBrush = (drawing: Drawing, radius: number) => Uint8Array;

/**
 * The grid of a pen's positions on the 28×28 canvas, as terminals report the mouse by character cell. A
 * cell is 1 × 2 pixels with `half-block`, ½ × 1 with `full-cell`; `none` is a terminal that reports
 * pixels.
 */
export type InputGrid = 'half-block' | 'full-cell' | 'none';

/** How a drawing is rendered; all lengths are in pixels of the canvas. */
export interface RenderStyle {
  /** side of the canvas; 28 for the app's */
  readonly side: number;
  /** longest side of the drawing's bounding box, without the pen's width */
  readonly size: number;
  readonly centre: readonly [x: number, y: number];
  /** undefined for a line of one pixel */
  readonly radius: number | undefined;
  readonly grid: InputGrid;
  /** whether edges are grey (antialiased); ignored by the app's brush, whose edges are always grey */
  readonly isSoft: boolean;
  /** maximum factor by which the drawing is widened to fill its square; 1 by default */
  readonly maxWidening?: number;
}

/** Renders a drawing as light ink on a dark background. */
export function render(drawing: Drawing, style: RenderStyle, brush: CanvasBrush): Picture {
  const { side, size, centre, grid, maxWidening = 1 } = style;
  const fitted = normalise(drawing);
  const widening = wideningOf(fitted, maxWidening);
  const placed = mapPoints(fitted, (x, y) => [
    centre[0] + size * widening * x,
    centre[1] + size * y,
  ]);
  const data = inkOf(snapToGrid(placed, grid), style, brush);
  return { width: side, height: side, channels: 1, data };
}

/** The factor by which a drawing becomes as wide as high, at most `max`; 1 for one that is wider than high. */
function wideningOf(drawing: Drawing, max: number): number {
  if (max === 1) return 1;
  const { width, height } = boundingBoxOf(drawing);
  return Math.max(1, Math.min(max, height / Math.max(width, 1e-6)));
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

/** Moves every point to the centre of its cell; consecutive points in a cell become one. */
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

/** Variation of handwriting between and within writers. */
const handwriting = { rotation: 0.2, slant: 0.25, aspect: 0.25, wobble: 0.03 } as const;

/** A seven that is rotated or slanted by as much as other digits resembles a one with a flag. */
const straightHandwriting = { ...handwriting, rotation: 0.06, slant: 0.1 } as const;

/** How wide a digit's lines can be, relative to its size, and how far it can be stretched. */
interface Legibility {
  readonly maxLineWidth: number;
  readonly maxWidening: number;
}

/** Wider lines fill the loops of a digit. */
const looped: Legibility = { maxLineWidth: 0.22, maxWidening: 2 };

/** Wide lines hide nothing of a one or a seven, but a wide one with a flag resembles a seven. */
const straight: Legibility = { maxLineWidth: 0.34, maxWidening: 1.3 };

function legibilityOf(label: number | undefined): Legibility {
  return isStraight(label) ? straight : looped;
}

function isStraight(label: number | undefined): boolean {
  return label === 1 || label === 7;
}

/** Perturbs the handwriting of a drawing and renders it in a random style. */
export function renderInRandomStyle(
  drawing: Drawing,
  label: number | undefined,
  brush: CanvasBrush,
  random: Random,
): Picture {
  const range = isStraight(label) ? straightHandwriting : handwriting;
  const perturbed = perturbStrokes(normalise(drawing), range, random);
  return render(perturbed, drawRenderStyle(label, random), brush);
}

/** Fraction of drawings with lines as wide as the digit allows. */
const thickLineFraction = 0.08;

/** Fraction of drawings in black and white on a small canvas that they fill, like scanned digits. */
const smallBilevelFraction = 0.1;

/** Sides of the pictures of known collections of scanned digits (Semeion, USPS, Optdigits). */
const smallSides = [16, 32] as const;

/** Fraction of drawings on a larger canvas, as of another program or a photograph. */
const otherCanvasFraction = 0.25;

/** Fraction of drawings with a line of one pixel. */
const thinLineFraction = 0.25;

/** Fraction of the drawings on the app's canvas that use its default brush. */
const defaultBrushFraction = 0.25;

/**
 * Radius of the app's default brush, in pixels: `defaultBrush` of libs/canvas. A model trained with
 * another radius has not learnt the strokes that the app draws.
 */
export const appBrushRadius = 1.2;

/** Draws a random style for a digit, or an outlier. */
export function drawRenderStyle(label: number | undefined, random: Random): RenderStyle {
  const legibility = legibilityOf(label);
  const chosen = random.uniform();
  if (chosen < smallBilevelFraction) return drawSmallBilevelStyle(legibility, random);
  const style = drawCanvasStyle(random);
  if (chosen > smallBilevelFraction + thickLineFraction) return style;
  const radius = (style.size / 2) * between(0.1, legibility.maxLineWidth, random);
  return { ...style, radius: Math.max(radius, 0.5) };
}

function drawCanvasStyle(random: Random): RenderStyle {
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

/** Black and white without grey edges, filling the picture, and often widened to fill it. */
function drawSmallBilevelStyle(
  { maxLineWidth, maxWidening }: Legibility,
  random: Random,
): RenderStyle {
  const side = smallSides[random.below(smallSides.length)]!;
  const size = between(0.7, 0.95, random) * side;
  return {
    side,
    size,
    centre: [side / 2, side / 2],
    radius: Math.max(0.55, (size / 2) * between(0.06, maxLineWidth, random)),
    grid: 'none',
    isSoft: false,
    maxWidening: random.uniform() < 0.5 ? 1 : between(1, maxWidening, random),
  };
}

function drawRadius(side: number, size: number, random: Random): number | undefined {
  const chosen = random.uniform();
  if (chosen < thinLineFraction) return undefined;
  if (side === canvasSide && chosen < thinLineFraction + defaultBrushFraction) {
    return appBrushRadius;
  }
  // Smaller digits are drawn with a thinner pen.
  return (between(0.4, 2.3, random) * Math.min(side, 1.2 * size + 0.2 * side)) / canvasSide;
}

function drawGrid(random: Random): InputGrid {
  return (['half-block', 'full-cell', 'none'] as const)[random.below(3)]!;
}
