// Thickens strokes that are thinner than MNIST's: a one-pixel line in a picture of 200×200 would nearly
// disappear when scaled to 20×20. Thicker strokes do not change.

import { type BoxedPlane, fit, fittedSide } from './fit-and-centre.ts';
import { type Box, inkBounds, type Plane } from './picture.ts';

/** In pixels of the fitted digit; 999 of 1,000 MNIST digits have thicker strokes (from 1.21). */
const minStrokeWidth = 1.28;

/** Width of thickened strokes, in pixels of the fitted digit; MNIST's median is 2.4. */
const targetStrokeWidth = 2.1;

/** Longest side at which strokes are measured and thickened: four times that of the fitted digit. */
const workingSide = 4 * fittedSide;

/** Fraction of the thickened ink that is raised to 1, because scaling makes the ink of thin lines uneven. */
const fullInkFraction = 0.25;

/** Thickens thin strokes. @returns the same plane and box if the strokes are thick enough */
export function thickenThinStrokes({ plane, box }: BoxedPlane): BoxedPlane {
  const part = reduce({ plane, box });
  const scale = fittedSide / longestSide(part.box);
  const width = scale * measureStrokeWidth(part.plane, part.box);
  if (width >= minStrokeWidth) return { plane, box };
  const thickened = dilateStrokes(part.plane, part.box, (targetStrokeWidth - width) / 2 / scale);
  raiseToFull(thickened.values);
  return { plane: thickened, box: inkBounds(thickened)! };
}

/** Scales a large part down to the working size, which saves time and averages noise out. */
function reduce(part: BoxedPlane): BoxedPlane {
  if (longestSide(part.box) <= workingSide) return part;
  const plane = fit(part, workingSide);
  return { plane, box: { left: 0, top: 0, right: plane.width, bottom: plane.height } };
}

function longestSide({ left, top, right, bottom }: Box): number {
  return Math.max(right - left, bottom - top);
}

/** Scales ink so that the strongest quarter of it is 1, in place. */
function raiseToFull(values: Float32Array): void {
  const sorted = values.filter(value => value > 0).sort();
  const full = sorted[Math.floor((1 - fullInkFraction) * sorted.length)]!;
  for (let i = 0; i < values.length; i++) values[i] = Math.min(1, values[i]! / full);
}

/**
 * Mean stroke width: 2 · mass / outline, because a line of length L and width w has mass L·w and outline
 * 2·L. The outline is measured as the total variation Σ|∇ink|, which is also valid for grey edges and
 * faint ink.
 *
 * @param ink inside the box only
 * @returns in pixels; 0 if there is no ink
 */
export function measureStrokeWidth({ width, values }: Plane, box: Box): number {
  let mass = 0;
  let outline = 0;
  for (let y = box.top; y <= box.bottom; y++) {
    for (let x = box.left; x <= box.right; x++) {
      const here = y < box.bottom && x < box.right ? values[y * width + x]! : 0;
      const left = y < box.bottom && x > box.left ? values[y * width + x - 1]! : 0;
      const above = y > box.top && x < box.right ? values[(y - 1) * width + x]! : 0;
      mass += here;
      outline += Math.sqrt((here - left) ** 2 + (here - above) ** 2);
    }
  }
  return outline === 0 ? 0 : (2 * mass) / outline;
}

/**
 * Grey dilation by a round brush with a soft edge: strokes become wider by 2 · radius and get the maximum
 * ink within it.
 *
 * @returns the box's part of the plane with a margin of ⌈radius⌉ pixels
 */
export function dilateStrokes({ width, values }: Plane, box: Box, radius: number): Plane {
  const margin = Math.ceil(radius);
  const [boxWidth, boxHeight] = [box.right - box.left, box.bottom - box.top];
  const [dilatedWidth, dilatedHeight] = [boxWidth + 2 * margin, boxHeight + 2 * margin];
  const dilated = new Float32Array(dilatedWidth * dilatedHeight);
  const brush = brushOf(radius, margin);
  for (let y = 0; y < boxHeight; y++) {
    for (let x = 0; x < boxWidth; x++) {
      const ink = values[(box.top + y) * width + box.left + x]!;
      if (ink === 0) continue;
      const at = (y + margin) * dilatedWidth + x + margin;
      for (const { dx, dy, weight } of brush) {
        const target = at + dy * dilatedWidth + dx;
        dilated[target] = Math.max(dilated[target]!, weight * ink);
      }
    }
  }
  return { width: dilatedWidth, height: dilatedHeight, values: dilated };
}

/** The offsets within reach of a pixel, and the fraction of its ink at each of them. */
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
