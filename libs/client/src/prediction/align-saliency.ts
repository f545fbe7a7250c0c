// Maps the saliency of the network's input back to the drawing. Preprocessing crops, scales and
// centres the drawing; the bounding boxes of the ink in both give the mapping.

import { canvasPixelCount, canvasSide, type Raster } from '@digits/canvas';

interface Explanation {
  readonly seen: readonly number[];
  readonly saliency: readonly number[];
}

/** A half-open range of pixels. */
interface Range {
  readonly start: number;
  readonly end: number;
}

interface Box {
  readonly across: Range;
  readonly down: Range;
}

/** Fainter ink, as a fraction of the maximum, is an artefact of scaling at the edges. */
const minInkFraction = 0.15;

/**
 * @returns for each pixel of the drawing −1 (most against) … 1 (most for the digit), by bilinear
 *   interpolation; `undefined` if one of the two has no ink.
 */
export function alignSaliency(
  raster: Raster,
  { seen, saliency }: Explanation,
): number[] | undefined {
  const [drawn, shown] = [inkBox(raster), inkBox(seen)];
  const maximum = saliency.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (drawn === undefined || shown === undefined || maximum === 0) return undefined;
  return Array.from({ length: canvasPixelCount }, (_, index) => {
    const x = mapped(index % canvasSide, drawn.across, shown.across);
    const y = mapped(Math.floor(index / canvasSide), drawn.down, shown.down);
    return interpolated(saliency, x, y) / maximum;
  });
}

/** The bounding box of the ink; `undefined` without any. */
function inkBox(picture: ArrayLike<number>): Box | undefined {
  const pixels = Array.from(picture, (ink, index) => ({
    ink,
    x: index % canvasSide,
    y: Math.floor(index / canvasSide),
  }));
  const maximum = pixels.reduce((max, { ink }) => Math.max(max, ink), 0);
  const inked = pixels.filter(({ ink }) => ink > 0 && ink >= maximum * minInkFraction);
  if (inked.length === 0) return undefined;
  return { across: rangeOf(inked.map(({ x }) => x)), down: rangeOf(inked.map(({ y }) => y)) };
}

function rangeOf(pixels: readonly number[]): Range {
  return { start: Math.min(...pixels), end: Math.max(...pixels) + 1 };
}

/** Maps the centre of a pixel from one range to another; in pixel centres. */
function mapped(pixel: number, from: Range, to: Range): number {
  const position = (pixel + 0.5 - from.start) / (from.end - from.start);
  return to.start + position * (to.end - to.start) - 0.5;
}

/** Bilinear; outside the picture the values are 0. */
function interpolated(values: readonly number[], x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [right, below] = [x - column, y - row];
  const at = (dx: number, dy: number) =>
    isInside(column + dx) && isInside(row + dy)
      ? (values[(row + dy) * canvasSide + column + dx] ?? 0)
      : 0;
  return (
    at(0, 0) * (1 - right) * (1 - below) +
    at(1, 0) * right * (1 - below) +
    at(0, 1) * (1 - right) * below +
    at(1, 1) * right * below
  );
}

function isInside(coordinate: number): boolean {
  return coordinate >= 0 && coordinate < canvasSide;
}
