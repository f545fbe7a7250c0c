// Making a thin pen's line as thick as MNIST's. What is as thick as MNIST's thinnest stays as it is.

import { type Box, inkBounds } from './bounds.ts';
import { fit, fittedSide, type Part } from './fit.ts';
import type { Plane } from './picture.ts';
import { growStrokes, measureStrokeWidth } from './stroke-width.ts';

/** In pixels of the fitted digit: 999 of 1,000 MNIST digits have thicker strokes (from 1.21). */
const thinnest = 1.28;

/** What thin strokes become, in pixels of the fitted digit; MNIST's median is 2.4. */
const wanted = 2.1;

/** Longest side that strokes are measured and grown at: four pixels for one of the fitted digit. */
const detail = 4 * fittedSide;

/** Share of the grown ink that is brought to the full: a thin line's is uneven after scaling. */
const fullShare = 0.25;

/** The same part where its strokes are thick enough, otherwise another with thicker and full ones. */
export function thickenThinStrokes(ink: Plane, box: Box): Part {
  const part = reduce({ plane: ink, box });
  const scale = fittedSide / longestSide(part.box);
  const width = scale * measureStrokeWidth(part.plane, part.box);
  if (width >= thinnest) return { plane: ink, box };
  const grown = growStrokes(part.plane, part.box, (wanted - width) / 2 / scale);
  darken(grown.values);
  return { plane: grown, box: inkBounds(grown)! };
}

/** Large pictures are looked at in less detail: it is faster, and their grain is gone. */
function reduce(part: Part): Part {
  if (longestSide(part.box) <= detail) return part;
  const plane = fit(part, detail);
  return { plane, box: { left: 0, top: 0, right: plane.width, bottom: plane.height } };
}

function longestSide({ left, top, right, bottom }: Box): number {
  return Math.max(right - left, bottom - top);
}

function darken(values: Float32Array): void {
  const sorted = values.filter(value => value > 0).sort();
  const full = sorted[Math.floor((1 - fullShare) * sorted.length)]!;
  for (let i = 0; i < values.length; i++) values[i] = Math.min(1, values[i]! / full);
}
