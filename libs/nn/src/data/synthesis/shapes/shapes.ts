// What a pen draws, point by point: digits, and letters and signs that nobody takes for one.

import type { Stroke } from '../../strokes.ts';
import type { Drawing } from '../strokes/transform.ts';
import { digitShapes } from './digit-shapes.ts';
import { letterShapes } from './letter-shapes.ts';
import { signShapes } from './sign-shapes.ts';

/** Strokes as points "x,y" on a square of 8, x to the right, y down, with a bar between them. */
function strokesOf(shape: string): Stroke[] {
  return shape.split('|').map(stroke =>
    stroke.split(' ').map(point => {
      const [x, y] = point.split(',');
      return [Number(x) / 8, Number(y) / 8];
    }),
  );
}

/** By digit, its styles, as strokes in the square 0…1. */
export const digitStyles: readonly (readonly Drawing[])[] = digitShapes.map(styles =>
  styles.map(strokesOf),
);

/** By letter, its styles, as strokes in the square 0…1. */
export const letterStyles: readonly (readonly Drawing[])[] = Object.values(letterShapes).map(
  styles => styles.map(strokesOf),
);

export const signStyles: readonly Drawing[] = Object.values(signShapes).map(strokesOf);
