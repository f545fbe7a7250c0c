// How thick the pen was, and making a thin pen's line as thick as MNIST's: a line of one pixel in a
// picture of two hundred is next to nothing once the picture has been fitted into 20×20.

import type { Box } from './bounds.ts';
import type { Plane } from './picture.ts';

/**
 * Twice the ink over the length of its outline, in pixels: a line of length L and width w has the
 * ink L·w, and 2·L of outline. The outline is the total variation Σ|∇ink|, which holds for grey
 * edges and for faint ink too.
 *
 * @param ink inside the box only
 */
export function measureStrokeWidth({ width, values }: Plane, box: Box): number {
  let mass = 0;
  let outline = 0;
  for (let y = box.top; y <= box.bottom; y++) {
    for (let x = box.left; x <= box.right; x++) {
      const here = y < box.bottom && x < box.right ? values[y * width + x]! : 0;
      const before = y < box.bottom && x > box.left ? values[y * width + x - 1]! : 0;
      const above = y > box.top && x < box.right ? values[(y - 1) * width + x]! : 0;
      mass += here;
      outline += Math.sqrt((here - before) ** 2 + (here - above) ** 2);
    }
  }
  return outline === 0 ? 0 : (2 * mass) / outline;
}

/**
 * Every line wider by 2 · radius, with soft edges, and as dark as its darkest part nearby: the
 * highest ink within the radius, weighed by a round brush.
 *
 * @returns the box's part of the plane with a margin for what has grown
 */
export function growStrokes({ width, values }: Plane, box: Box, radius: number): Plane {
  const margin = Math.ceil(radius);
  const [boxWidth, boxHeight] = [box.right - box.left, box.bottom - box.top];
  const [grownWidth, grownHeight] = [boxWidth + 2 * margin, boxHeight + 2 * margin];
  const grown = new Float32Array(grownWidth * grownHeight);
  const brush = brushOf(radius, margin);
  for (let y = 0; y < boxHeight; y++) {
    for (let x = 0; x < boxWidth; x++) {
      const ink = values[(box.top + y) * width + box.left + x]!;
      if (ink === 0) continue;
      const at = (y + margin) * grownWidth + x + margin;
      for (const { dx, dy, weight } of brush) {
        const target = at + dy * grownWidth + dx;
        grown[target] = Math.max(grown[target]!, weight * ink);
      }
    }
  }
  return { width: grownWidth, height: grownHeight, values: grown };
}

/** The pixels that a pixel of ink reaches, and the share of its ink that they get at least. */
function brushOf(radius: number, margin: number) {
  const brush: { dx: number; dy: number; weight: number }[] = [];
  for (let dy = -margin; dy <= margin; dy++) {
    for (let dx = -margin; dx <= margin; dx++) {
      const weight = Math.min(1, radius + 1 - Math.hypot(dx, dy));
      if (weight > 0) brush.push({ dx, dy, weight });
    }
  }
  return brush;
}
