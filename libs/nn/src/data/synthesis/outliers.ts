// Pictures of everything but a digit, to teach the network what it doesn't know (outlier exposure:
// Hendrycks, Mazeika and Dietterich 2019).

import { between, type Random, within } from '../../engine/random.ts';
import type { Picture } from '../../preprocess/picture.ts';
import type { Stroke } from '../strokes.ts';
import { randomShapes, randomSpeckles, randomTexture } from './random-images.ts';
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

export interface OutlierSources {
  readonly brush: CanvasBrush;
  /** a drawing of a single digit, to put several side by side, or to cross one out */
  readonly digit: (random: Random) => Drawing;
  /** letters that people wrote, to draw besides those of shapes.ts; there may be none */
  readonly letters?: readonly Drawing[];
}

/** How often each kind comes, of 1; patches have the rest. */
const shares = {
  shape: 0.53,
  scribble: 0.12,
  several: 0.15,
  crossed: 0.05,
  texture: 0.06,
  speckles: 0.03,
} as const;

/** A letter, a sign, a scribble, several digits or letters, a digit crossed out, or no drawing at all. */
export function drawOutlier(sources: OutlierSources, random: Random): Picture {
  const { brush } = sources;
  let chosen = random.uniform();
  const isNext = (share: number) => {
    chosen -= share;
    return chosen < 0;
  };
  if (isNext(shares.shape)) return renderInRandomStyle(drawShape(sources, random), brush, random);
  if (isNext(shares.scribble)) return renderInRandomStyle(scribble(random), brush, random);
  if (isNext(shares.several)) return renderSeveral(sources, random);
  if (isNext(shares.crossed)) return renderInRandomStyle(crossOut(sources, random), brush, random);
  if (isNext(shares.texture)) return randomTexture(random);
  if (isNext(shares.speckles)) return randomSpeckles(random);
  return randomShapes(random);
}

/** Of letters and signs: signs. */
const signShare = 0.25;

/** Of letters, where there are letters that people wrote: those. */
const writtenShare = 0.5;

function drawShape(sources: OutlierSources, random: Random): Drawing {
  return random.uniform() < signShare
    ? vary(pick(signStyles, random), random)
    : drawLetter(sources, random);
}

function drawLetter({ letters: written = [] }: OutlierSources, random: Random): Drawing {
  const isWritten = written.length > 0 && random.uniform() < writtenShare;
  return isWritten ? pick(written, random) : vary(pick(pick(letterStyles, random), random), random);
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[random.below(items.length)]!;
}

/** Corners rounded or not, and every point a little elsewhere. */
function vary(shape: Drawing, random: Random): Stroke[] {
  const moved = mapPoints(shape, (x, y) => [x + within(0.06, random), y + within(0.06, random)]);
  return random.uniform() < 0.6 ? moved.map(roundCorners).map(roundCorners) : moved;
}

/** A pen that wanders: enough turns that no digit comes of it but by chance. */
function scribble(random: Random): Stroke[] {
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

const hands = { rotation: 0.15, slant: 0.2, aspect: 0.25, wobble: 0.02 } as const;

/** Of the rows: words. */
const wordShare = 0.2;

/** Two or three digits in a row, with space between them, as people write a number; or letters. */
function renderSeveral(sources: OutlierSources, random: Random): Picture {
  const isWord = random.uniform() < wordShare;
  const count = 2 + random.below(2);
  let right = 0;
  const row = Array.from({ length: count }, () => {
    const drawing = isWord ? drawLetter(sources, random) : sources.digit(random);
    const digit = perturbStrokes(normalise(drawing), hands, random);
    const xs = digit.flat().map(([x]) => x);
    const [left, width] = [Math.min(...xs), Math.max(...xs) - Math.min(...xs)];
    const at = right;
    right += width + between(0.12, 0.45, random);
    return mapPoints(digit, (x, y) => [x - left + at, y + within(0.01, random)]);
  }).flat();
  return render(row, drawRenderStyle(random), sources.brush);
}

/** A digit that its writer crossed out. */
function crossOut({ digit }: OutlierSources, random: Random): Drawing {
  return [...normalise(digit(random)), crossing(random)];
}

/** To and fro over the whole digit, at any slant. */
function crossing(random: Random): Stroke {
  const turns = 5 + random.below(6);
  const rise = within(0.25, random);
  return Array.from({ length: turns + 1 }, (_, i) => {
    const x = (i % 2 === 0 ? -0.5 : 0.5) * between(0.8, 1.2, random);
    return [x, 0.9 * (i / turns - 0.5) + rise * x + within(0.06, random)] as const;
  });
}
