// What a network is trained on besides the images themselves: the images drawn anew with other pens,
// recorded strokes drawn the way people draw here, digits in styles that the images lack, and pictures
// of what is no digit.

import { Random } from '../../engine/random.ts';
import type { Picture } from '../../preprocess/picture.ts';
import { inputSide } from '../../preprocess/picture.ts';
import { type LabelledPicture, prepareDrawings } from '../prepare-samples.ts';
import { joinSamples, type Samples } from '../samples.ts';
import type { RecordedDrawing } from '../strokes.ts';
import { drawOutlier } from './outliers.ts';
import { degrade } from './rendering/degrade.ts';
import { type CanvasBrush, renderInRandomStyle } from './rendering/render.ts';
import { digitStyles } from './shapes/shapes.ts';
import { traceSkeleton } from './strokes/skeleton.ts';
import { synthesizeDigit } from './strokes/synthetic-digits.ts';
import type { Drawing } from './strokes/transform.ts';
import { addVariant } from './strokes/variants.ts';

/** What a network is trained on, for each image of the data as it is. */
export interface SynthesisRecipe {
  /** times that every image comes up in an epoch as it is */
  readonly images: number;
  /** times that every image is drawn anew along its own middle line; a share of them below 1 */
  readonly restroked: number;
  /** digits in styles that the images may not have, all ten alike, for each image */
  readonly synthetic: number;
  /** times that every image comes up degraded: blurred, stained, with a line across; a share below 1 */
  readonly degraded: number;
  /** times that every recorded drawing is drawn */
  readonly recorded: number;
  /** pictures of no digit for each of all the others */
  readonly outliers: number;
}

export interface SynthesisSources {
  /** of single digits, 28×28 */
  readonly images: Samples;
  readonly recordings: readonly RecordedDrawing[];
  readonly brush: CanvasBrush;
}

/** How many of the redrawn zeros, ones and sevens get what some people add; half for recordings. */
const variantFraction = 0.15;

/** Of the drawn digits; thresholds and temperature are for pictures as people mean them. */
const degradedFraction = { training: 0.2, validation: 0 } as const;

/** Training data and validation data are drawn with random sources of their own. */
export type SynthesisPurpose = 'training' | 'validation';

/** How far the drawing has come, 0…1. */
export type SynthesisProgress = number;

const purposes = { training: 1, validation: 2 } as const;
const streams = { restroked: 1, recorded: 2, outliers: 3, degraded: 4, synthetic: 5 } as const;

/** Hardly any image is too faint to trace. */
const mostTries = 100;

/** So many pictures are drawn between one word of progress and the next. */
const chunk = 256;

/**
 * Draws what a recipe asks for besides the images, and yields how far it has come.
 *
 * @returns the drawn pictures alone, the same for the same seed; `outlierLabel` among their labels
 */
export function* synthesizeSamples(
  { images, recordings, brush }: SynthesisSources,
  { restroked, synthetic, degraded, recorded, outliers }: SynthesisRecipe,
  seed: number,
  purpose: SynthesisPurpose,
): Generator<SynthesisProgress, Samples> {
  const randomOf = (stream: keyof typeof streams) =>
    new Random(seed, 0xd4a, purposes[purpose], streams[stream]);
  const traced = recordings.filter(({ label }) => label !== null);
  const restrokedCount = Math.round(restroked * images.count);
  const degradedCount = Math.round(degraded * images.count);
  const syntheticCount = Math.round(synthetic * images.count);
  const recordedCount = Math.round(recorded * recordings.length);
  const outlierCount = Math.round(
    outliers * (images.count + restrokedCount + degradedCount + syntheticCount + recordedCount),
  );
  const total = restrokedCount + degradedCount + syntheticCount + recordedCount + outlierCount;

  const skeletons = new Map<number, Drawing>();
  const skeleton = (i: number) => {
    const known = skeletons.get(i);
    if (known) return known;
    const path = traceSkeleton(
      images.inputs.subarray(i * images.size, (i + 1) * images.size),
      inputSide,
    );
    skeletons.set(i, path);
    return path;
  };
  const parts: Samples[] = [];
  let done = 0;
  const draw = function* (count: number, picture: (i: number) => LabelledPicture | null) {
    for (let start = 0; start < count; start += chunk) {
      const length = Math.min(chunk, count - start);
      const pictures = Array.from({ length }, (_, i) => picture(start + i));
      parts.push(prepareDrawings(pictures.filter(one => one !== null)));
      done += length;
      yield done / total;
    }
  };

  const habits = (variants: number): Habits => ({
    variants,
    degraded: degradedFraction[purpose],
    brush,
  });
  const restrokedRandom = randomOf('restroked');
  yield* draw(restrokedCount, i => {
    const index = i % images.count;
    return drawDigit(
      skeleton(index),
      images.labels[index]!,
      habits(variantFraction),
      restrokedRandom,
    );
  });
  const degradedRandom = randomOf('degraded');
  yield* draw(degradedCount, i => {
    const index = i % images.count;
    const data = images.inputs.subarray(index * images.size, (index + 1) * images.size);
    const picture: Picture = { width: inputSide, height: inputSide, channels: 1, data };
    return { picture: degrade(picture, degradedRandom), label: images.labels[index]! };
  });
  const recordedRandom = randomOf('recorded');
  yield* draw(recordedCount, i => {
    const { strokes, label } = recordings[i % recordings.length]!;
    return drawDigit(strokes, label, habits(variantFraction / 2), recordedRandom);
  });
  const syntheticRandom = randomOf('synthetic');
  yield* draw(syntheticCount, i => {
    const label = i % digitStyles.length;
    return drawDigit(synthesizeDigit(label, syntheticRandom), label, habits(0), syntheticRandom);
  });
  const outlierRandom = randomOf('outliers');
  const anyDigit = (random: Random): Drawing => {
    if (traced.length > 0) return traced[random.below(traced.length)]!.strokes;
    for (let tries = 0; tries < mostTries; tries++) {
      const path = skeleton(random.below(images.count));
      if (path.length > 0) return path;
    }
    return [[[inputSide / 2, inputSide / 2]]];
  };
  const letters = recordings.filter(({ label }) => label === null).map(({ strokes }) => strokes);
  const sources = { brush, digit: anyDigit, letters };
  yield* draw(outlierCount, () => ({ picture: drawOutlier(sources, outlierRandom), label: null }));
  return joinSamples(...parts);
}

/** How a digit is drawn besides at random. */
interface Habits {
  /** share that gets what some people add */
  readonly variants: number;
  /** share that is degraded */
  readonly degraded: number;
  readonly brush: CanvasBrush;
}

/** @returns null for a drawing without a point: an image whose ink is too faint to trace */
function drawDigit(
  drawing: Drawing,
  label: number | null,
  { variants, degraded, brush }: Habits,
  random: Random,
): LabelledPicture | null {
  const hasVariant = random.uniform() < variants;
  if (drawing.every(stroke => stroke.length === 0)) return null;
  const drawn = hasVariant && label !== null ? addVariant(drawing, label, random) : drawing;
  const picture = renderInRandomStyle(drawn, brush, random);
  return { picture: random.uniform() < degraded ? degrade(picture, random) : picture, label };
}
