// The outermost pixels of a picture, which are taken for its background.
import type { Plane } from './picture.ts';

/** In grey levels. */
export interface Border {
  /** The median. */
  readonly background: number;
  /** The median of the distances from it: how noisy the background is. */
  readonly deviation: number;
}

export function measureBorder(plane: Plane): Border {
  const border = borderValues(plane);
  const [first = 0] = border;
  // As in every clean drawing; sorting takes as long as the rest of the preprocessing.
  if (border.every(value => value === first)) return { background: first, deviation: 0 };
  const background = sortedMedian(border);
  for (let i = 0; i < border.length; i++) border[i] = Math.abs(border[i]! - background);
  return { background, deviation: sortedMedian(border) };
}

/** The values along the four sides, in no order. */
function borderValues({ width, height, values }: Plane): Float32Array {
  const border = new Float32Array(2 * width + 2 * Math.max(0, height - 2));
  border.set(values.subarray(0, width));
  border.set(values.subarray((height - 1) * width), width);
  let count = 2 * width;
  for (let y = 1; y < height - 1; y++) {
    border[count++] = values[y * width]!;
    border[count++] = values[(y + 1) * width - 1]!;
  }
  return border;
}

/** Sorts the values in place. */
function sortedMedian(values: Float32Array): number {
  return values.sort()[values.length >> 1]!;
}

export function median(values: readonly number[]): number {
  return sortedMedian(Float32Array.from(values));
}
