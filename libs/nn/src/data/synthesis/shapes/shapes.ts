// Hand-made shapes as strokes: letters and signs that do not resemble a digit.

import type { Stroke } from '../../strokes.ts';
import type { Drawing } from '../strokes/transform.ts';
import { letterShapes } from './letter-shapes.ts';
import { signShapes } from './sign-shapes.ts';

/** Parses strokes separated by "|"; each is a list of points "x,y" in 0…8, x to the right and y down. */
function strokesOf(shape: string): Stroke[] {
  return shape.split('|').map(stroke =>
    stroke.split(' ').map(point => {
      const [x, y] = point.split(',');
      return [Number(x) / 8, Number(y) / 8];
    }),
  );
}

/** [letter][style] drawings in the unit square */
export const letterStyles: readonly (readonly Drawing[])[] = Object.values(letterShapes).map(
  styles => styles.map(strokesOf),
);

/** Drawings of signs in the unit square. */
export const signStyles: readonly Drawing[] = Object.values(signShapes).map(strokesOf);
