// The explanation of a reading, brought from what the network saw to what is on the canvas. The
// network sees the drawing cut out, scaled and centred; the boxes around the ink of both tell how.

import { canvasPixelCount, canvasSide, type Raster } from '@digits/canvas';

interface Explanation {
  readonly seen: readonly number[];
  readonly saliency: readonly number[];
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Fainter ink, as shares of the most there is, is what scaling leaves at the edges. */
const faintest = 0.15;

/**
 * @returns for each pixel of the drawing −1 (spoke most against) … 1 (for), by bilinear
 *   interpolation; nothing if one of the two holds no ink.
 */
export function alignSaliency(
  raster: Raster,
  { seen, saliency }: Explanation,
): number[] | undefined {
  const [drawn, shown] = [inkBox(raster), inkBox(seen)];
  const strongest = saliency.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (drawn === undefined || shown === undefined || strongest === 0) return undefined;
  return Array.from({ length: canvasPixelCount }, (_, index) => {
    const x = along(index % canvasSide, drawn.left, drawn.right, shown.left, shown.right);
    const y = along(
      Math.floor(index / canvasSide),
      drawn.top,
      drawn.bottom,
      shown.top,
      shown.bottom,
    );
    return between(saliency, x, y) / strongest;
  });
}

/** The pixel edges around all ink; undefined without any. */
function inkBox(picture: ArrayLike<number>): Box | undefined {
  const inked = Array.from(picture, (ink, index) => ({
    ink,
    x: index % canvasSide,
    y: Math.floor(index / canvasSide),
  }));
  const most = inked.reduce((darkest, { ink }) => Math.max(darkest, ink), 0);
  const strong = inked.filter(({ ink }) => ink > 0 && ink >= most * faintest);
  if (strong.length === 0) return undefined;
  const [xs, ys] = [strong.map(({ x }) => x), strong.map(({ y }) => y)];
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs) + 1,
    bottom: Math.max(...ys) + 1,
  };
}

/** Maps the middle of a pixel from one range to another, in pixels counted by their middles. */
function along(pixel: number, from: number, to: number, low: number, high: number): number {
  return low + ((pixel + 0.5 - from) / (to - from)) * (high - low) - 0.5;
}

/** Beside the picture nothing spoke. */
function between(values: readonly number[], x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [right, below] = [x - column, y - row];
  const at = (dx: number, dy: number) =>
    isOn(column + dx) && isOn(row + dy) ? (values[(row + dy) * canvasSide + column + dx] ?? 0) : 0;
  return (
    at(0, 0) * (1 - right) * (1 - below) +
    at(1, 0) * right * (1 - below) +
    at(0, 1) * (1 - right) * below +
    at(1, 1) * right * below
  );
}

function isOn(place: number): boolean {
  return place >= 0 && place < canvasSide;
}
