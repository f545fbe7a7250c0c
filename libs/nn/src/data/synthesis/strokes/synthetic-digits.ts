// Digits that nobody wrote, in styles that MNIST's writers did not have: for those who have no
// recorded strokes to train on.

import { type Random, within } from '../../../engine/random.ts';
import type { Point, Stroke } from '../../strokes.ts';
import { digitStyles } from '../shapes/shapes.ts';
import { type Drawing, mapPoints, normalise, perturbStrokes, roundCorners } from './transform.ts';

/** Wider than between two recordings of one style: each style stands for many people's. */
const hands = { rotation: 0.1, slant: 0.2, aspect: 0.5, wobble: 0.06 } as const;

/** How far a point of a style is moved at most, in sides of its square. */
const mostJitter = 0.07;

/** A digit in one of its styles, no two alike. @param label 0…9 */
export function synthesizeDigit(label: number, random: Random): Drawing {
  const styles = digitStyles[label]!;
  const style = styles[random.below(styles.length)]!;
  const reach = mostJitter * random.uniform();
  const moved = changeProportions(style, random).map(stroke => jitter(stroke, reach, random));
  return perturbStrokes(normalise(moved.map(roundCorners).map(roundCorners)), hands, random);
}

/** One half larger and the other smaller, upright and across: the loop of a nine, the bar of a four. */
function changeProportions(shape: Drawing, random: Random): Stroke[] {
  const [across, down] = [drawPower(random), drawPower(random)];
  return mapPoints(shape, (x, y) => [x ** across, y ** down]);
}

function drawPower(random: Random): number {
  return Math.exp(within(0.3, random));
}

/** A corner that stands twice stays one. */
function jitter(stroke: Stroke, reach: number, random: Random): Stroke {
  let last: Point = [0, 0];
  return stroke.map(([x, y], i): Point => {
    const [px, py] = stroke[i - 1] ?? [];
    if (x !== px || y !== py) last = [x + within(reach, random), y + within(reach, random)];
    return last;
  });
}
