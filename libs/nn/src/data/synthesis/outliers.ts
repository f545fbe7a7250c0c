// Outliers: pictures of anything but a single digit. Networks are trained to give them low confidence
// (outlier exposure: Hendrycks, Mazeika and Dietterich 2019).

import { between, type Random, within } from '../../engine/random.ts';
import type { Picture } from '../../preprocess/picture.ts';
import type { Stroke } from '../strokes.ts';
import { randomBlob, randomShapes, randomSpeckles, randomTexture } from './random-images.ts';
import {
  type CanvasBrush,
  drawRenderStyle,
  render,
  renderInRandomStyle,
} from './rendering/render.ts';
import { letterStyles, signStyles } from './shapes/shapes.ts';
import {
  type Drawing,
  mapPoints,
  normalise,
  perturbStrokes,
  roundCorners,
} from './strokes/transform.ts';

/** The drawings that outliers are made from. */
export interface OutlierSources {
  readonly brush: CanvasBrush;
  /** draws a single digit, for rows of digits and crossed-out digits */
  readonly digit: (random: Random) => Drawing;
  /** recorded letters, used besides the synthetic ones */
  readonly letters?: readonly Drawing[];
}

/** Probability of each kind; the remainder is random shapes. */
const probabilities = {
  symbol: 0.53,
  scribble: 0.1,
  several: 0.13,
  crossedOut: 0.04,
  dashes: 0.04,
  texture: 0.06,
  speckles: 0.02,
  blobs: 0.03,
} as const;

/** Draws a letter, a sign, a scribble, several digits, a crossed-out digit, or a random image. */
export function drawOutlier(sources: OutlierSources, random: Random): Picture {
  const { brush } = sources;
  let remaining = random.uniform();
  const isNext = (probability: number) => {
    remaining -= probability;
    return remaining < 0;
  };
  const rendered = (drawing: Drawing) => renderInRandomStyle(drawing, undefined, brush, random);
  if (isNext(probabilities.symbol)) return rendered(drawSymbol(sources, random));
  if (isNext(probabilities.scribble)) return rendered(drawScribble(random));
  if (isNext(probabilities.several)) return renderSeveral(sources, random);
  if (isNext(probabilities.crossedOut)) return rendered(drawCrossedOut(sources, random));
  if (isNext(probabilities.dashes)) return rendered(drawDashes(random));
  if (isNext(probabilities.texture)) return randomTexture(random);
  if (isNext(probabilities.speckles)) return randomSpeckles(random);
  if (isNext(probabilities.blobs)) return randomBlob(random);
  return randomShapes(random);
}

/** Fraction of the symbols that are signs; the rest are letters. */
const signFraction = 0.4;

/** Fraction of handwritten letters, if there are any. */
const handwrittenFraction = 0.5;

function drawSymbol(sources: OutlierSources, random: Random): Drawing {
  return random.uniform() < signFraction
    ? vary(pick(signStyles, random), random)
    : drawLetter(sources, random);
}

function drawLetter({ letters = [] }: OutlierSources, random: Random): Drawing {
  const isHandwritten = letters.length > 0 && random.uniform() < handwrittenFraction;
  if (isHandwritten) return pick(letters, random);
  return vary(pick(pick(letterStyles, random), random), random);
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[random.below(items.length)]!;
}

/** Moves every point a little, and rounds the corners of some shapes. */
function vary(shape: Drawing, random: Random): Stroke[] {
  const moved = mapPoints(shape, (x, y) => [x + within(0.06, random), y + within(0.06, random)]);
  return random.uniform() < 0.6 ? moved.map(roundCorners).map(roundCorners) : moved;
}

/** A random walk with enough turns to rarely resemble a digit. */
function drawScribble(random: Random): Stroke[] {
  const strokes = 1 + random.below(3);
  return Array.from({ length: strokes }, (): Stroke => {
    const points = 12 + random.below(40);
    let [x, y] = [within(0.4, random), within(0.4, random)];
    let direction = within(Math.PI, random);
    const turn = between(0.3, 1.5, random);
    return Array.from({ length: points }, () => {
      direction += within(turn, random) + 0.35 * turn * Math.sign(x * Math.sin(direction));
      x = Math.min(0.5, Math.max(-0.5, x + 0.12 * Math.cos(direction)));
      y = Math.min(0.5, Math.max(-0.5, y + 0.12 * Math.sin(direction)));
      return [x, y] as const;
    });
  });
}

/** Up to five level lines, in a row or a column; an upright one would be a one. */
function drawDashes(random: Random): Stroke[] {
  const count = 1 + random.below(5);
  const isColumn = random.uniform() < 0.4;
  const distance = isColumn ? between(0.3, 0.9, random) : between(1.2, 1.9, random);
  return Array.from({ length: count }, (_, i): Stroke => {
    const [x, y] = isColumn ? [within(0.2, random), i * distance] : [i * distance, 0];
    const [length, tilt] = [between(0.7, 1, random), within(0.3, random)];
    return [
      [x, y + within(0.1, random)],
      [x + length, y + tilt * length],
    ];
  });
}

/** Variation of handwriting among the characters of a row. */
const rowHandwriting = { rotation: 0.15, slant: 0.2, aspect: 0.25, wobble: 0.02 } as const;

/** Fraction of the rows that consist of letters; the rest are digits. */
const wordFraction = 0.2;

/** Two or three digits or letters in a row, with gaps between them. */
function renderSeveral(sources: OutlierSources, random: Random): Picture {
  const isWord = random.uniform() < wordFraction;
  const count = 2 + random.below(2);
  let right = 0;
  const row = Array.from({ length: count }, () => {
    const drawing = isWord ? drawLetter(sources, random) : sources.digit(random);
    const character = perturbStrokes(normalise(drawing), rowHandwriting, random);
    const xs = character.flat().map(([x]) => x);
    const [left, width] = [Math.min(...xs), Math.max(...xs) - Math.min(...xs)];
    const offset = right;
    right += width + between(0.12, 0.45, random);
    return mapPoints(character, (x, y) => [x - left + offset, y + within(0.01, random)]);
  }).flat();
  return render(row, drawRenderStyle(undefined, random), sources.brush);
}

function drawCrossedOut({ digit }: OutlierSources, random: Random): Drawing {
  return [...normalise(digit(random)), drawCrossing(random)];
}

/** A zigzag over the whole digit, at any slant. */
function drawCrossing(random: Random): Stroke {
  const turns = 5 + random.below(6);
  const rise = within(0.25, random);
  return Array.from({ length: turns + 1 }, (_, i) => {
    const x = (i % 2 === 0 ? -0.5 : 0.5) * between(0.8, 1.2, random);
    return [x, 0.9 * (i / turns - 0.5) + rise * x + within(0.06, random)] as const;
  });
}
