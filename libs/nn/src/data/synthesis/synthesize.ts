// Synthesises training data besides the images themselves: images restroked with other pens,
// degraded images, recorded strokes, synthetic digits in styles that the images lack, and outliers.

import { Random } from '../../engine/random.ts';
import { inputSide } from '../../preprocess/picture.ts';
import { type LabelledPicture, prepareDrawings } from '../prepare-samples.ts';
import { joinSamples, type Samples } from '../samples.ts';
import type { RecordedDrawing } from '../strokes.ts';
import {
  type DigitOptions,
  degradedPart,
  recordedPart,
  restrokedPart,
  syntheticPart,
} from './digit-parts.ts';
import { drawOutlier } from './outliers.ts';
import type { CanvasBrush } from './rendering/render.ts';
import { traceSkeleton } from './strokes/skeleton.ts';
import type { Drawing } from './strokes/transform.ts';

/** How much of each kind a network is trained on, as factors on the number of images. */
export interface SynthesisRecipe {
  /** times that every image is used as it is, in an epoch */
  readonly images: number;
  /** times that every image is drawn again along its skeleton; below 1, a fraction of them */
  readonly restroked: number;
  /** synthetic digits for each image, the ten classes in equal parts */
  readonly synthetic: number;
  /** times that every image is used degraded: blurred, blotched, with a line across */
  readonly degraded: number;
  /** times that every recorded drawing is drawn; a factor on the number of recordings */
  readonly recorded: number;
  /** outliers for each of all other pictures */
  readonly outliers: number;
}

export interface SynthesisSources {
  /** of single digits, 28×28 */
  readonly images: Samples;
  readonly recordings: readonly RecordedDrawing[];
  readonly brush: CanvasBrush;
}

/** Training data and validation data are drawn from random streams of their own. */
export type SynthesisPurpose = 'training' | 'validation';

/** Fraction of the pictures drawn so far, 0…1. */
export type SynthesisProgress = number;

/** Fraction of the restroked zeros, ones and sevens that get a variant; half of it for recordings. */
const variantFraction = 0.15;

/**
 * Fraction of the drawn digits that are degraded. None in validation: thresholds and temperature are
 * fitted for pictures as people mean them.
 */
const degradedFraction = { training: 0.2, validation: 0 } as const;

/** Seeds of the random streams; weights depend on them. */
const purposeSeeds = { training: 1, validation: 2 } as const;
const streamSeeds = { restroked: 1, recorded: 2, outliers: 3, degraded: 4, synthetic: 5 } as const;

/** Tries to find an image with enough ink to trace; hardly any has too little. */
const maxTraceTries = 100;

/** Pictures between two reports of progress. */
const picturesPerChunk = 256;

/** A kind of pictures, each drawn by its index; undefined where there is nothing to draw. */
interface Part {
  readonly count: number;
  readonly draw: (i: number) => LabelledPicture | undefined;
}

/**
 * Draws what a recipe asks for besides the images, yielding progress.
 *
 * @returns the drawn pictures alone, the same for the same seed; some labelled `outlierLabel`
 */
export function* synthesizeSamples(
  sources: SynthesisSources,
  recipe: SynthesisRecipe,
  seed: number,
  purpose: SynthesisPurpose,
): Generator<SynthesisProgress, Samples> {
  const parts = planParts(sources, recipe, seed, purpose);
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const samples: Samples[] = [];
  let done = 0;
  for (const { count, draw } of parts) {
    for (let start = 0; start < count; start += picturesPerChunk) {
      const length = Math.min(picturesPerChunk, count - start);
      const pictures = Array.from({ length }, (_, i) => draw(start + i));
      samples.push(prepareDrawings(pictures.filter(picture => picture !== undefined)));
      done += length;
      yield done / total;
    }
  }
  return joinSamples(...samples);
}

/** Each part has a random stream of its own, so that changing one leaves the others as they are. */
function planParts(
  { images, recordings, brush }: SynthesisSources,
  recipe: SynthesisRecipe,
  seed: number,
  purpose: SynthesisPurpose,
): Part[] {
  const randomOf = (stream: keyof typeof streamSeeds) =>
    new Random(seed, 0xd4a, purposeSeeds[purpose], streamSeeds[stream]);
  const skeletonOf = cachedSkeletons(images);
  const options = (variants: number): DigitOptions => ({
    variants,
    degraded: degradedFraction[purpose],
    brush,
  });
  const digitParts = [
    restrokedPart(images, recipe.restroked, skeletonOf, options(variantFraction)),
    degradedPart(images, recipe.degraded),
    recordedPart(recordings, recipe.recorded, options(variantFraction / 2)),
    syntheticPart(Math.round(recipe.synthetic * images.count), options(0)),
  ].map(({ count, stream, draw }) => {
    const random = randomOf(stream);
    return { count, draw: (i: number) => draw(i, random) };
  });
  const digitCount = digitParts.reduce((sum, { count }) => sum + count, images.count);
  const outlierCount = Math.round(recipe.outliers * digitCount);
  const digit = digitSource(images.count, recordings, skeletonOf);
  const letters = recordings
    .filter(({ label }) => label === undefined)
    .map(({ strokes }) => strokes);
  const outlierRandom = randomOf('outliers');
  const drawOne = () => drawOutlier({ brush, digit, letters }, outlierRandom);
  return [
    ...digitParts,
    { count: outlierCount, draw: () => ({ picture: drawOne(), label: undefined }) },
  ];
}

function cachedSkeletons({ inputs, size }: Samples): (index: number) => Drawing {
  const known = new Map<number, Drawing>();
  return index => {
    const skeleton =
      known.get(index) ??
      traceSkeleton(inputs.subarray(index * size, (index + 1) * size), inputSide);
    known.set(index, skeleton);
    return skeleton;
  };
}

/** A drawing of any single digit: a recording, or without any an image's skeleton. */
function digitSource(
  imageCount: number,
  recordings: readonly RecordedDrawing[],
  skeletonOf: (index: number) => Drawing,
): (random: Random) => Drawing {
  const digits = recordings.filter(({ label }) => label !== undefined);
  return random => {
    if (digits.length > 0) return digits[random.below(digits.length)]!.strokes;
    for (let tries = 0; tries < maxTraceTries; tries++) {
      const skeleton = skeletonOf(random.below(imageCount));
      if (skeleton.length > 0) return skeleton;
    }
    return [[[inputSide / 2, inputSide / 2]]];
  };
}
