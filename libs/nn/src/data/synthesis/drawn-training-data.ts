// What a network is trained on besides the images themselves: the images drawn anew with other pens,
// recorded strokes drawn the way people draw here, digits in styles that the images lack, and pictures
// of what is no digit.

import { Random } from '../../engine/random.ts';
import type { Picture } from '../../preprocess/picture.ts';
import { side } from '../../preprocess/place.ts';
import { joinSamples, type Samples } from '../samples.ts';
import type { RecordedDrawing } from '../strokes.ts';
import { wear } from './degrade.ts';
import { type LabelledPicture, samplesOf } from './drawn-samples.ts';
import type { Drawing } from './geometry.ts';
import { drawNoDigit } from './outliers.ts';
import { type GridBrush, renderAtRandom } from './render.ts';
import { digits } from './shapes.ts';
import { skeletonOf } from './skeleton.ts';
import { inventDigit } from './synthetic-digits.ts';
import { addVariant } from './variants.ts';

/** What a network is trained on, for each image of the data as it is. */
export interface DrawingRecipe {
  /** times that every image comes up in an epoch as it is */
  readonly images: number;
  /** times that every image is drawn anew along its own middle line; a share of them below 1 */
  readonly redrawn: number;
  /** digits in styles that the images may not have, all ten alike, for each image */
  readonly invented: number;
  /** times that every image comes up worn: blurred, stained, with a line across; a share below 1 */
  readonly worn: number;
  /** times that every recorded drawing is drawn */
  readonly recorded: number;
  /** pictures of no digit for each of all the others */
  readonly noDigits: number;
}

export interface DrawingSources {
  /** of single digits, 28×28 */
  readonly images: Samples;
  readonly recordings: readonly RecordedDrawing[];
  readonly brush: GridBrush;
}

/** How many of the redrawn zeros, ones and sevens get what some people add; half for recordings. */
const variantShare = 0.15;

/** Of the drawn digits; thresholds and temperature are for pictures as people mean them. */
const wornShare = { training: 0.2, validation: 0 } as const;

/** Training data and validation data are drawn with random sources of their own. */
export type DrawingPurpose = 'training' | 'validation';

/** How far the drawing has come, 0…1. */
export type DrawingProgress = number;

const purposes = { training: 1, validation: 2 } as const;
const streams = { redrawn: 1, recorded: 2, noDigits: 3, worn: 4, invented: 5 } as const;

/** Hardly any image is too faint to trace. */
const mostTries = 100;

/** So many pictures are drawn between one word of progress and the next. */
const chunk = 256;

/**
 * Draws what a recipe asks for besides the images, and yields how far it has come.
 *
 * @returns the drawn pictures alone, the same for the same seed; `noDigit` among their labels
 */
export function* drawSamples(
  { images, recordings, brush }: DrawingSources,
  { redrawn, invented, worn, recorded, noDigits }: DrawingRecipe,
  seed: number,
  purpose: DrawingPurpose,
): Generator<DrawingProgress, Samples> {
  const randomOf = (stream: keyof typeof streams) =>
    new Random(seed, 0xd4a, purposes[purpose], streams[stream]);
  const traced = recordings.filter(({ label }) => label !== null);
  const redrawnCount = Math.round(redrawn * images.count);
  const wornCount = Math.round(worn * images.count);
  const inventedCount = Math.round(invented * images.count);
  const recordedCount = Math.round(recorded * recordings.length);
  const noDigitCount = Math.round(
    noDigits * (images.count + redrawnCount + wornCount + inventedCount + recordedCount),
  );
  const total = redrawnCount + wornCount + inventedCount + recordedCount + noDigitCount;

  const skeletons = new Map<number, Drawing>();
  const skeleton = (i: number) => {
    const known = skeletons.get(i);
    if (known) return known;
    const path = skeletonOf(images.inputs.subarray(i * images.size, (i + 1) * images.size), side);
    skeletons.set(i, path);
    return path;
  };
  const parts: Samples[] = [];
  let done = 0;
  const draw = function* (count: number, picture: (i: number) => LabelledPicture | null) {
    for (let start = 0; start < count; start += chunk) {
      const length = Math.min(chunk, count - start);
      const pictures = Array.from({ length }, (_, i) => picture(start + i));
      parts.push(samplesOf(pictures.filter(one => one !== null)));
      done += length;
      yield done / total;
    }
  };

  const habits = (variants: number): Habits => ({ variants, worn: wornShare[purpose], brush });
  const redrawing = randomOf('redrawn');
  yield* draw(redrawnCount, i => {
    const index = i % images.count;
    return drawDigit(skeleton(index), images.labels[index]!, habits(variantShare), redrawing);
  });
  const wearing = randomOf('worn');
  yield* draw(wornCount, i => {
    const index = i % images.count;
    const data = images.inputs.subarray(index * images.size, (index + 1) * images.size);
    const picture: Picture = { width: side, height: side, channels: 1, data };
    return { picture: wear(picture, wearing), label: images.labels[index]! };
  });
  const recording = randomOf('recorded');
  yield* draw(recordedCount, i => {
    const { strokes, label } = recordings[i % recordings.length]!;
    return drawDigit(strokes, label, habits(variantShare / 2), recording);
  });
  const inventing = randomOf('invented');
  yield* draw(inventedCount, i => {
    const label = i % digits.length;
    return drawDigit(inventDigit(label, inventing), label, habits(0), inventing);
  });
  const opposing = randomOf('noDigits');
  const anyDigit = (random: Random): Drawing => {
    if (traced.length > 0) return traced[random.below(traced.length)]!.strokes;
    for (let tries = 0; tries < mostTries; tries++) {
      const path = skeleton(random.below(images.count));
      if (path.length > 0) return path;
    }
    return [[[side / 2, side / 2]]];
  };
  const letters = recordings.filter(({ label }) => label === null).map(({ strokes }) => strokes);
  const sources = { brush, digit: anyDigit, letters };
  yield* draw(noDigitCount, () => ({ picture: drawNoDigit(sources, opposing), label: null }));
  return joinSamples(...parts);
}

/** How a digit is drawn besides at random. */
interface Habits {
  /** share that gets what some people add */
  readonly variants: number;
  /** share that is worn */
  readonly worn: number;
  readonly brush: GridBrush;
}

/** @returns null for a drawing without a point: an image whose ink is too faint to trace */
function drawDigit(
  drawing: Drawing,
  label: number | null,
  { variants, worn, brush }: Habits,
  random: Random,
): LabelledPicture | null {
  const hasVariant = random.uniform() < variants;
  if (drawing.every(stroke => stroke.length === 0)) return null;
  const drawn = hasVariant && label !== null ? addVariant(drawing, label, random) : drawing;
  const picture = renderAtRandom(drawn, brush, random);
  return { picture: random.uniform() < worn ? wear(picture, random) : picture, label };
}
