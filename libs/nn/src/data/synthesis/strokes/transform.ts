// Geometric transforms of whole drawings.

import { type Random, within } from '../../../engine/random.ts';
import type { Point, Stroke } from '../../strokes.ts';

/** A drawing as its strokes, in the order in which they were drawn. */
export type Drawing = readonly Stroke[];

/** Applies a function to every point. */
export function mapPoints(drawing: Drawing, change: (x: number, y: number) => Point): Stroke[] {
  return drawing.map(stroke => stroke.map(([x, y]) => change(x, y)));
}

/** The smallest rectangle around all points of a drawing. */
export interface BoundingBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** @param drawing with at least one point */
export function boundingBoxOf(drawing: Drawing): BoundingBox {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of drawing) {
    for (const [x, y] of stroke) {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    }
  }
  return { left, top, width: right - left, height: bottom - top };
}

/** Centres the drawing at (0, 0) and scales its longest side to 1; a dot stays a dot. */
export function normalise(drawing: Drawing): Stroke[] {
  const { left, top, width, height } = boundingBoxOf(drawing);
  const scale = 1 / Math.max(width, height, 1e-6);
  return mapPoints(drawing, (x, y) => [
    (x - left - width / 2) * scale,
    (y - top - height / 2) * scale,
  ]);
}

/** Ranges ± of a random perturbation, each uniform, for a drawing whose longest side is 1. */
export interface PerturbationRange {
  /** radians */
  readonly rotation: number;
  /** horizontal shift for each unit of height */
  readonly slant: number;
  /** relative change of the aspect ratio */
  readonly aspect: number;
  /** amplitude of a smooth wave that displaces the points */
  readonly wobble: number;
}

/** Rotates, slants, stretches and bends a drawing at random, to simulate other handwriting. */
export function perturbStrokes(
  drawing: Drawing,
  range: PerturbationRange,
  random: Random,
): Stroke[] {
  const angle = within(range.rotation, random);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const slant = within(range.slant, random);
  const stretch = Math.sqrt(1 + within(range.aspect, random));
  const [waveX, waveY] = [randomWave(range.wobble, random), randomWave(range.wobble, random)];
  return mapPoints(drawing, (x, y) => {
    const sheared = stretch * x - slant * y + waveX(x, y);
    const stretched = y / stretch + waveY(x, y);
    return [cos * sheared - sin * stretched, sin * sheared + cos * stretched];
  });
}

/** A displacement that depends only on the position, so that touching strokes still touch. */
function randomWave(amplitude: number, random: Random): (x: number, y: number) => number {
  const [kx, ky] = [within(8, random), within(8, random)];
  const phase = within(Math.PI, random);
  const height = amplitude * random.uniform();
  return (x, y) => height * Math.sin(kx * x + ky * y + phase);
}

/** Corner cutting (Chaikin 1974). Ends and corners whose point is repeated do not change. */
export function roundCorners(stroke: Stroke): Stroke {
  if (stroke.length < 3) return stroke;
  const cut = stroke.slice(1).flatMap(([x, y], i): Stroke => {
    const [px, py] = stroke[i]!;
    return [
      [0.75 * px + 0.25 * x, 0.75 * py + 0.25 * y],
      [0.25 * px + 0.75 * x, 0.25 * py + 0.75 * y],
    ];
  });
  return [stroke[0]!, ...cut, stroke.at(-1)!];
}
