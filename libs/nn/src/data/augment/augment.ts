// Data augmentation: random rotation, scale, shear, shift, elastic distortion and stroke thickness of
// training images, drawn anew for every use of an image.

import { type Random, within } from '../../engine/random.ts';
import { NnError } from '../../errors.ts';
import { inputSide } from '../../preprocess/picture.ts';
import type { InputValues, Samples } from '../samples.ts';
import {
  createDisplacementField,
  type DisplacementField,
  type ElasticDistortion,
  fieldSide,
} from './elastic-distortion.ts';
import { changeThickness, createPaddedImage, type PaddedImage, padInto } from './padded-image.ts';
import { type Warp, warpInto } from './warp.ts';

/** Ranges of the random changes, each with a uniform distribution. */
export interface Augmentation {
  /** ± degrees, or those of each class: a one that is rotated too far resembles a seven */
  readonly rotation: number | readonly number[];
  /** ± fraction of the size, independently along x and y */
  readonly scale: number;
  /** ± horizontal shift in pixels for each pixel of height */
  readonly shear: number;
  /** ± pixels, independently along x and y */
  readonly shift: number;
  readonly elastic: ElasticDistortion | null;
  /** ± amount, 0…1, of dilation or erosion of a quarter of the images' strokes */
  readonly thickness: number;
}

/** Fraction of the images whose stroke thickness changes; not all, as this takes as long as the warp. */
const thicknessFraction = 0.25;

/** Creates the displacement field for the images of an epoch; null without elastic distortion. */
export function createElasticField(
  augmentation: Augmentation,
  random: Random,
): DisplacementField | null {
  return augmentation.elastic && createDisplacementField(random, augmentation.elastic);
}

/** Number of values that describe the changes of one image, see `drawAugmentations`. */
export const valuesPerAugmentation = 9;

/**
 * Draws the random changes for all images of a batch in order, so that the images can be augmented in any
 * order and on several threads.
 *
 * @param values [labels.length, valuesPerAugmentation], overwritten
 * @param labels of the images
 */
export function drawAugmentations(
  values: Float64Array,
  labels: ArrayLike<number>,
  augmentation: Augmentation,
  random: Random,
): void {
  const { scale, shear, shift, thickness } = augmentation;
  for (let i = 0; i < labels.length; i++) {
    const at = i * valuesPerAugmentation;
    const rotation = rotationOf(augmentation, labels[i]!);
    const changesThickness = thickness > 0 && random.uniform() < thicknessFraction;
    values[at] = changesThickness ? within(thickness, random) : Number.NaN;
    const angle = (within(rotation, random) * Math.PI) / 180;
    const scaleX = 1 / (1 + within(scale, random));
    const scaleY = 1 / (1 + within(scale, random));
    const slant = within(shear, random);
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    values[at + 1] = random.uint32() & (fieldSide - 1);
    values[at + 2] = random.uint32() & (fieldSide - 1);
    values[at + 3] = scaleX * (cos + slant * sin);
    values[at + 4] = scaleX * (slant * cos - sin);
    values[at + 5] = scaleY * sin;
    values[at + 6] = scaleY * cos;
    values[at + 7] = within(shift, random);
    values[at + 8] = within(shift, random);
  }
}

/** Classes without a rotation of their own, outliers among them, have that of the first class. */
function rotationOf({ rotation }: Augmentation, label: number): number {
  if (typeof rotation === 'number') return rotation;
  return rotation[label] ?? rotation[0] ?? 0;
}

/** The augmentation of one image: its row of the batch's values, and the epoch's displacement field. */
export interface SampleAugmentation {
  /** [count, valuesPerAugmentation] from `drawAugmentations` */
  readonly values: Float64Array;
  readonly row: number;
  readonly field: DisplacementField | null;
}

/** Scratch images, reused for every sample of a size. */
interface ScratchImages {
  readonly plain: PaddedImage;
  readonly thickened: PaddedImage;
}

let scratch = createScratch(inputSide, inputSide);

function createScratch(rows: number, columns: number): ScratchImages {
  return {
    plain: createPaddedImage(rows, columns),
    thickened: createPaddedImage(rows, columns),
  };
}

function scratchFor({ size, columns = Math.sqrt(size) }: Samples): ScratchImages {
  const { plain } = scratch;
  if (plain.columns !== columns || plain.rows * columns !== size) {
    scratch = createScratch(size / columns, columns);
  }
  return scratch;
}

/**
 * Expects samples that can be augmented.
 *
 * @throws NnError `invalid-options` if they are not images of ink: they are floats, or their size is no multiple
 * of `columns`, or not that of a square
 */
export function checkAugmentable(samples: Samples<InputValues>): asserts samples is Samples {
  const { inputs, size, columns = Math.sqrt(size) } = samples;
  if (inputs instanceof Float32Array) {
    throw new NnError(
      'invalid-options',
      'samples of floats are no images of ink, 0…255 in a Uint8Array: train without augmentation',
    );
  }
  if (Number.isInteger(columns) && size % columns === 0) return;
  throw new NnError(
    'invalid-options',
    `samples of ${size} values in ${columns} columns are no images: train without augmentation, or give the ` +
      'samples their number of columns',
  );
}

/** Augments a sample and writes it to inputs[at … at + size) as ink 0…1. */
export function augmentSample(
  inputs: Float32Array,
  at: number,
  { samples, index }: { readonly samples: Samples; readonly index: number },
  { values, row, field }: SampleAugmentation,
): void {
  const first = row * valuesPerAugmentation;
  const thickness = values[first]!;
  const { plain, thickened } = scratchFor(samples);
  padInto(plain, samples.inputs, index * samples.size);
  let image = plain;
  if (!Number.isNaN(thickness)) {
    changeThickness(thickened, plain, thickness);
    image = thickened;
  }
  warpInto(inputs, at, image, warpOf(values, first, field));
}

function warpOf(values: Float64Array, first: number, field: DisplacementField | null): Warp {
  return {
    field,
    fieldX: values[first + 1]!,
    fieldY: values[first + 2]!,
    xx: values[first + 3]!,
    xy: values[first + 4]!,
    yx: values[first + 5]!,
    yy: values[first + 6]!,
    shiftX: values[first + 7]!,
    shiftY: values[first + 8]!,
  };
}
