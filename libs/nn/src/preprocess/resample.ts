// Scaling by a triangle filter that widens as the picture shrinks: bilinear going up, antialiased
// going down, and exactly the identity at scale 1. (The filter of Pillow's BILINEAR.)
import type { Box } from './bounds.ts';
import type { Plane } from './picture.ts';

/** For one target pixel: the first source pixel and the weights from there on, which sum to 1. */
interface Tap {
  readonly first: number;
  readonly weights: Float32Array;
}

/** The part of the plane inside the box, resampled to width × height pixels. */
export function resample(plane: Plane, box: Box, width: number, height: number): Plane {
  const columns = taps(box.right - box.left, width);
  const rows = taps(box.bottom - box.top, height);
  const sourceHeight = box.bottom - box.top;

  const narrowed = new Float32Array(sourceHeight * width);
  for (let y = 0; y < sourceHeight; y++) {
    const start = (box.top + y) * plane.width + box.left;
    for (let x = 0; x < width; x++) {
      narrowed[y * width + x] = weigh(columns[x]!, plane.values, start, 1);
    }
  }
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) values[y * width + x] = weigh(rows[y]!, narrowed, x, width);
  }
  return { width, height, values };
}

function weigh(
  { first, weights }: Tap,
  values: Float32Array,
  start: number,
  stride: number,
): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i]! * values[start + (first + i) * stride]!;
  }
  return sum;
}

function taps(sourceLength: number, targetLength: number): Tap[] {
  const step = sourceLength / targetLength;
  const reach = Math.max(1, step);
  return Array.from({ length: targetLength }, (_, target) => {
    const centre = (target + 0.5) * step;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(sourceLength, Math.floor(centre + reach + 0.5));
    const weights = Float32Array.from({ length: end - first }, (__, i) =>
      Math.max(0, 1 - Math.abs(first + i + 0.5 - centre) / reach),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map(weight => weight / sum) };
  });
}
