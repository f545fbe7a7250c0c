// Curves that the styles of digits are composed of, as polylines. y points down; angles are in degrees,
// clockwise from the right.

import type { Point, Stroke } from '../../strokes.ts';
import type { Drawing } from '../strokes/transform.ts';
import { mapPoints } from '../strokes/transform.ts';
import type { StyleParameters } from './style-parameters.ts';

/** Degrees between two points of an arc. */
const arcStep = 12;

/** Points of a bent line. */
const bentSegments = 8;

/** The centre and the radii of an ellipse. */
export interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly radiusX: number;
  readonly radiusY: number;
}

/** An arc of an ellipse from one angle to another, clockwise if the second is larger. */
export function arc({ x, y, radiusX, radiusY }: Ellipse, from: number, to: number): Stroke {
  const steps = Math.max(2, Math.ceil(Math.abs(to - from) / arcStep));
  return Array.from({ length: steps + 1 }, (_, i): Point => {
    const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)];
  });
}

/**
 * A line with a bend (a quadratic Bézier curve).
 *
 * @param bow distance of the middle from the straight line, relative to its length; positive to the left of
 * the direction of drawing
 */
export function bent([x0, y0]: Point, [x1, y1]: Point, bow: number): Stroke {
  const [middleX, middleY] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const control: Point = [middleX + 2 * bow * (y1 - y0), middleY - 2 * bow * (x1 - x0)];
  return quadratic([x0, y0], control, [x1, y1]);
}

/** A quadratic Bézier curve. */
export function quadratic([x0, y0]: Point, [cx, cy]: Point, [x1, y1]: Point): Stroke {
  return Array.from({ length: bentSegments + 1 }, (_, i): Point => {
    const t = i / bentSegments;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
    return [a * x0 + b * cx + c * x1, a * y0 + b * cy + c * y1];
  });
}

/** Slants a drawing of height 1 (horizontal shift for each unit of height). */
export function slanted(drawing: Drawing, slant: number): Stroke[] {
  return mapPoints(drawing, (x, y) => [x - slant * (y - 0.5), y]);
}

/** Range ± of the slant of round and angular digits; ones and sevens have their own. */
const maxSlant = 0.3;

/** Makes a drawing of height 1 uneven and slants it, as a hand does. */
export function written(drawing: Drawing, parameters: StyleParameters): Stroke[] {
  return slanted(uneven(drawing, parameters), parameters.within(maxSlant));
}

/** Amplitude of the wave that makes a hand's lines uneven. */
const maxWobble = 0.025;

/** Displaces all points along a smooth wave that depends on their position, so that strokes still touch. */
function uneven(drawing: Drawing, parameters: StyleParameters): Stroke[] {
  const height = parameters.between(0, maxWobble);
  const [kx, ky, phase] = [parameters.within(8), parameters.within(8), parameters.within(Math.PI)];
  const [lx, ly, other] = [parameters.within(8), parameters.within(8), parameters.within(Math.PI)];
  return mapPoints(drawing, (x, y) => [
    x + height * Math.sin(kx * x + ky * y + phase),
    y + height * Math.sin(lx * x + ly * y + other),
  ]);
}
