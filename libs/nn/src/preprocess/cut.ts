// Taking a part out of a plane.

import type { Box } from './bounds.ts';
import type { Plane } from './picture.ts';

/** What is inside the box, as a plane of its own. */
export function cut({ width, values }: Plane, { left, top, right, bottom }: Box): Plane {
  const part = new Float32Array((right - left) * (bottom - top));
  for (let y = top; y < bottom; y++) {
    part.set(values.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  }
  return { width: right - left, height: bottom - top, values: part };
}
