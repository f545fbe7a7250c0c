// Variants of digits that MNIST lacks: a slashed zero, a one with a flag and a foot, a crossed seven.

import { between, type Random } from '../../../engine/random.ts';
import type { Stroke } from '../../strokes.ts';
import { boundingBoxOf, type Drawing } from './transform.ts';

/** Adds the strokes of a variant to a drawing of a zero, one or seven; other digits do not change. */
export function addVariant(drawing: Drawing, label: number, random: Random): Drawing {
  if (label === 0) return [...drawing, slash(drawing, random)];
  if (label === 1) return [...drawing, ...flagAndFoot(drawing, random)];
  if (label === 7) return [...drawing, bar(drawing, random)];
  return drawing;
}

function slash(drawing: Drawing, random: Random): Stroke {
  const { left, top, width, height } = boundingBoxOf(drawing);
  const [reachX, reachY] = [between(-0.05, 0.2, random), between(-0.1, 0.15, random)];
  return [
    [left + width * (1 - reachX), top + height * reachY],
    [left + width * reachX, top + height * (1 - reachY)],
  ];
}

/** A flag, a foot or both for an upright one; nothing for a slanted one. */
function flagAndFoot(drawing: Drawing, random: Random): Stroke[] {
  const { top, width, height } = boundingBoxOf(drawing);
  if (width > 0.35 * height) return [];
  const points = drawing.flat();
  const [topX] = points.reduce((highest, point) => (point[1] < highest[1] ? point : highest));
  const [bottomX] = points.reduce((lowest, point) => (point[1] > lowest[1] ? point : lowest));
  const foot: Stroke = [
    [bottomX - height * between(0.12, 0.32, random), top + height],
    [bottomX + height * between(0.12, 0.32, random), top + height * between(0.97, 1.03, random)],
  ];
  const flag: Stroke = [
    [topX - height * between(0.15, 0.4, random), top + height * between(0.12, 0.35, random)],
    [topX, top],
  ];
  const chosen = random.uniform();
  if (chosen < 0.3) return [flag];
  return chosen < 0.45 ? [foot] : [flag, foot];
}

function bar(drawing: Drawing, random: Random): Stroke {
  const { left, top, width, height } = boundingBoxOf(drawing);
  const y = top + height * between(0.4, 0.6, random);
  const [from, to] = [between(0.05, 0.35, random), between(0.75, 1.05, random)];
  return [
    [left + width * from, y + height * between(-0.05, 0.05, random)],
    [left + width * to, y + height * between(-0.05, 0.05, random)],
  ];
}
