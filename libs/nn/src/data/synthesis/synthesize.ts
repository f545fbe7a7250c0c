// Synthesises the training data that supplements the images: restroked and degraded images, renderings
// of recorded strokes, synthetic digits in styles that the images lack, and outliers.

import { Random } from '../../engine/random.ts';
import { inputSide } from '../../preprocess/picture.ts';
import type { Dataset } from '../dataset.ts';
import { type LabelledPicture, prepareDrawings } from '../prepare-samples.ts';
import { joinSamples, type Samples } from '../samples.ts';
import type { RecordedDrawing } from '../strokes.ts';
import {
  type DigitOptions,
  degradedPart,
  picturePart,
  recordedPart,
  restrokedPart,
  syntheticPart,
} from './digit-parts.ts';
import { drawOutlier } from './outliers.ts';
import type { CanvasBrush } from './rendering/render.ts';
import { traceSkeleton } from './strokes/skeleton.ts';
import type { Drawing } from './strokes/transform.ts';
import type { SynthesisPurpose } from './synthesis-purpose.ts';

/** The amount of each kind of training data, relative to the number of images. */
export interface SynthesisRecipe {
  /** times that every image is used unchanged in an epoch */
  readonly images: number;
  /** times that every image is restroked; below 1, the fraction of images that are */
  readonly restroked: number;
  /** synthetic digits per image, with equal numbers of each style */
  readonly synthetic: number;
  /** times that every image is used degraded: with blur, noise, blotches or lines */
  readonly degraded: number;
  /** times that every recorded drawing is rendered; relative to the number of recordings */
  readonly recorded: number;
  /** times that every further picture is used; relative to the number of further pictures */
  readonly pictures: number;
  /** outliers relative to the number of all other pictures */
  readonly outliers: number;
}

/** The data that pictures are synthesised from. */
export interface SynthesisSources {
  /** of single digits, 28×28 */
  readonly images: Samples;
  readonly recordings: readonly RecordedDrawing[];
  /** further pictures of single digits, of any size; none by default */
  readonly pictures?: readonly Dataset[];
  readonly brush: CanvasBrush;
}

/** Fraction of the restroked zeros, ones and sevens that get a variant; half of that for recordings. */
const variantFraction = 0.15;

/**
 * Fraction of the rendered digits that are degraded. 0 in validation, because thresholds and temperature
 * are fitted on undegraded pictures.
 */
const degradedFraction = { training: 0.2, validation: 0 } as const;

/** Seeds of the random streams. Changing one changes the trained weights. */
const purposeSeeds = { training: 1, validation: 2 } as const;
const streamSeeds = { restroked: 1, recorded: 2, outliers: 3, degraded: 4, synthetic: 5 } as const;

/** Attempts to find an image with enough ink to trace; nearly all have enough. */
const maxTraceTries = 100;

/** Some 100 ms of drawing. */
const picturesPerChunk = 256;

/** A kind of pictures, each rendered from its index; undefined if there is nothing to render. */
interface SynthesisPart {
  readonly count: number;
  readonly draw: (i: number) => LabelledPicture | undefined;
}

/** The pictures to synthesise. */
export interface Synthesis {
  readonly count: number;
  /**
   * Draws them, yielding the number of pictures of each chunk after it; to be called once.
   *
   * @returns the pictures without the images and without blank ones, the same for the same seed; outliers are
   * labelled `outlierLabel`
   */
  readonly draw: () => Generator<number, Samples>;
}

/** Plans the pictures of a recipe. */
export function planSynthesis(
  sources: SynthesisSources,
  recipe: SynthesisRecipe,
  seed: number,
  purpose: SynthesisPurpose,
): Synthesis {
  const parts = planParts(sources, recipe, seed, purpose);
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  return { count, draw: () => drawParts(parts) };
}

function* drawParts(parts: readonly SynthesisPart[]): Generator<number, Samples> {
  const samples: Samples[] = [];
  for (const { count, draw } of parts) {
    for (let start = 0; start < count; start += picturesPerChunk) {
      const length = Math.min(picturesPerChunk, count - start);
      const pictures = Array.from({ length }, (_, i) => draw(start + i));
      samples.push(prepareDrawings(pictures.filter(picture => picture !== undefined)));
      yield length;
    }
  }
  return joinSamples(...samples);
}

/** Each part has its own random stream, so that changing one does not affect the others. */
function planParts(
  { images, recordings, pictures = [], brush }: SynthesisSources,
  recipe: SynthesisRecipe,
  seed: number,
  purpose: SynthesisPurpose,
): SynthesisPart[] {
  const randomOf = (stream: keyof typeof streamSeeds) =>
    new Random(seed, 0xd4a, purposeSeeds[purpose], streamSeeds[stream]);
  const skeletonOf = cachedSkeletons(images);
  const options = (variants: number): DigitOptions => ({
    variants,
    degraded: degradedFraction[purpose],
    brush,
  });
  const drawnParts = [
    restrokedPart(images, recipe.restroked, skeletonOf, options(variantFraction)),
    degradedPart(images, recipe.degraded),
    recordedPart(recordings, recipe.recorded, options(variantFraction / 2)),
    syntheticPart(Math.round(recipe.synthetic * images.count), purpose, options(0)),
  ].map(({ count, stream, draw }) => {
    const random = randomOf(stream);
    return { count, draw: (i: number) => draw(i, random) };
  });
  const digitParts = [...drawnParts, ...pictures.map(own => picturePart(own, recipe.pictures))];
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

/** Draws any single digit: a recording or, if there are none, the skeleton of an image. */
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
