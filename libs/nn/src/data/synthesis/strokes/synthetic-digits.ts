// Synthetic digits: hand-made shapes with random distortions, in styles that MNIST lacks. They replace
// recorded strokes if there are none.

import { type Random, within } from '../../../engine/random.ts';
import type { Point, Stroke } from '../../strokes.ts';
import { digitStyles } from '../shapes/shapes.ts';
import { type Drawing, mapPoints, normalise, perturbStrokes, roundCorners } from './transform.ts';

/** Larger variation than between recordings of one style, because each style represents many writers. */
const handwriting = { rotation: 0.1, slant: 0.2, aspect: 0.5, wobble: 0.06 } as const;

/** Largest displacement of a point, relative to the side of the shape's square. */
const maxJitter = 0.07;

/** Draws a digit in a random style with random distortions. @param label 0…9 */
export function synthesizeDigit(label: number, random: Random): Drawing {
  const styles = digitStyles[label]!;
  const style = styles[random.below(styles.length)]!;
  const reach = maxJitter * random.uniform();
  const moved = changeProportions(style, random).map(stroke => jitter(stroke, reach, random));
  return perturbStrokes(normalise(moved.map(roundCorners).map(roundCorners)), handwriting, random);
}

/** Enlarges one half and shrinks the other along x and y, for example the loop of a nine. */
function changeProportions(shape: Drawing, random: Random): Stroke[] {
  const [powerX, powerY] = [randomPower(random), randomPower(random)];
  return mapPoints(shape, (x, y) => [x ** powerX, y ** powerY]);
}

function randomPower(random: Random): number {
  return Math.exp(within(0.3, random));
}

/** Displaces every point at random; equal consecutive points, which mark a corner, stay equal. */
function jitter(stroke: Stroke, reach: number, random: Random): Stroke {
  let last: Point = [0, 0];
  return stroke.map(([x, y], i): Point => {
    const [px, py] = stroke[i - 1] ?? [];
    if (x !== px || y !== py) last = [x + within(reach, random), y + within(reach, random)];
    return last;
  });
}
