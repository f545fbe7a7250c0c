// The parts of the synthesised training data that show digits: restroked and degraded images, recorded
// drawings, synthetic digits, and further pictures.

import type { Random } from '../../engine/random.ts';
import { inputSide, type Picture } from '../../preprocess/picture.ts';
import type { Dataset } from '../dataset.ts';
import type { LabelledPicture } from '../prepare-samples.ts';
import type { Samples } from '../samples.ts';
import type { RecordedDrawing } from '../strokes.ts';
import { drawStyle } from './families/draw-style.ts';
import { trainingStyles } from './families/style-families.ts';
import { degrade } from './rendering/degrade.ts';
import { type CanvasBrush, renderInRandomStyle } from './rendering/render.ts';
import type { Drawing } from './strokes/transform.ts';
import { addVariant } from './strokes/variants.ts';
import type { SynthesisPurpose } from './synthesis-purpose.ts';

/** How often digits are varied or degraded. */
export interface DigitOptions {
  /** fraction of zeros, ones and sevens that get a variant */
  readonly variants: number;
  /** fraction that is degraded */
  readonly degraded: number;
  readonly brush: CanvasBrush;
}

/** A number of pictures, each rendered from its index with the named random stream. */
export interface StreamedPart {
  readonly count: number;
  readonly stream: 'restroked' | 'degraded' | 'recorded' | 'synthetic';
  readonly draw: (i: number, random: Random) => LabelledPicture | undefined;
}

/** Restroked images: drawn again along their skeletons. */
export function restrokedPart(
  images: Samples,
  factor: number,
  skeletonOf: (index: number) => Drawing,
  options: DigitOptions,
): StreamedPart {
  return {
    count: Math.round(factor * images.count),
    stream: 'restroked',
    draw: (i, random) => {
      const index = i % images.count;
      return drawDigit(skeletonOf(index), images.labels[index]!, options, random);
    },
  };
}

/** Degraded copies of the images. */
export function degradedPart(images: Samples, factor: number): StreamedPart {
  return {
    count: Math.round(factor * images.count),
    stream: 'degraded',
    draw: (i, random) => {
      const index = i % images.count;
      const data = images.inputs.subarray(index * images.size, (index + 1) * images.size);
      const picture: Picture = { width: inputSide, height: inputSide, channels: 1, data };
      return { picture: degrade(picture, random), label: images.labels[index]! };
    },
  };
}

/** Renderings of recorded drawings; outliers among them have an undefined label. */
export function recordedPart(
  recordings: readonly RecordedDrawing[],
  factor: number,
  options: DigitOptions,
): StreamedPart {
  return {
    count: Math.round(factor * recordings.length),
    stream: 'recorded',
    draw: (i, random) => {
      const { strokes, label } = recordings[i % recordings.length]!;
      return drawDigit(strokes, label, options, random);
    },
  };
}

/** Synthetic digits, the styles in rotation. */
export function syntheticPart(
  count: number,
  purpose: SynthesisPurpose,
  { degraded, brush }: DigitOptions,
): StreamedPart {
  return {
    count,
    stream: 'synthetic',
    draw: (i, random) => {
      const family = trainingStyles[i % trainingStyles.length]!;
      const { picture, label } = drawStyle(family, purpose, brush, random);
      return { picture: degradeSome(picture, degraded, random), label };
    },
  };
}

/** Further pictures unchanged. A factor below 1 takes them at equal distances in the order of their file. */
export function picturePart({ count, rows, columns, pixels, labels }: Dataset, factor: number) {
  const size = rows * columns;
  const uses = Math.round(factor * count);
  return {
    count: uses,
    draw: (i: number): LabelledPicture => {
      const index = Math.floor((i * count) / uses);
      const data = pixels.subarray(index * size, (index + 1) * size);
      return {
        picture: { width: columns, height: rows, channels: 1, data },
        label: labels[index]!,
      };
    },
  };
}

/** @returns undefined for a drawing without points, from an image whose ink is too faint to trace */
function drawDigit(
  drawing: Drawing,
  label: number | undefined,
  { variants, degraded, brush }: DigitOptions,
  random: Random,
): LabelledPicture | undefined {
  const hasVariant = random.uniform() < variants;
  if (drawing.every(stroke => stroke.length === 0)) return undefined;
  const drawn = hasVariant && label !== undefined ? addVariant(drawing, label, random) : drawing;
  const picture = renderInRandomStyle(drawn, label, brush, random);
  return { picture: degradeSome(picture, degraded, random), label };
}

function degradeSome(picture: Picture, fraction: number, random: Random): Picture {
  return random.uniform() < fraction ? degrade(picture, random) : picture;
}
