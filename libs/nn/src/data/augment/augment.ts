// Batches of pictures that nobody drew quite like that: each one turned, stretched, slanted,
// shifted, bent and thickened a little, differently every time it comes up.

import { type Random, within } from '../../engine/random.ts';
import type { Samples } from '../samples.ts';
import {
  createDisplacementField,
  type DisplacementField,
  fieldSide,
} from './displacement-field.ts';
import { createPaddedPicture, padInto } from './padded-image.ts';
import { changeThickness } from './thickness.ts';
import { type Warp, warpInto } from './warp.ts';

/** How far a picture is changed at most; every change is uniform between its bounds. */
export interface Augmentation {
  /** ± degrees */
  readonly rotation: number;
  /** ± share of the size, each way by itself */
  readonly scale: number;
  /** ± horizontal shift of a pixel for each pixel of height */
  readonly shear: number;
  /** ± pixels, each way by itself */
  readonly shift: number;
  /** Gaussian and strength of the elastic distortion, see displacement-field.ts */
  readonly elastic: { readonly sigma: number; readonly alpha: number } | null;
  /** ± share of a pixel by which the strokes of a quarter of the pictures grow or shrink, 0…1 */
  readonly thickness: number;
}

/** Share of the pictures whose strokes change their thickness: it costs as much as the warp. */
const thicknessShare = 0.25;

/** What all pictures of an epoch have in common. */
export function createElasticField(
  augmentation: Augmentation,
  random: Random,
): DisplacementField | null {
  return augmentation.elastic && createDisplacementField(random, augmentation.elastic);
}

/** Numbers that say how one picture is changed, as `drawChanges` writes and `augmentRow` reads. */
export const valuesPerAugmentation = 9;

/**
 * Draws how every picture of a batch is to be changed, one after the other, so that the pictures
 * can then be changed in any order and by several threads.
 *
 * @param changes [count, changeLength], overwritten
 */
export function drawAugmentations(
  changes: Float64Array,
  count: number,
  { rotation, scale, shear, shift, thickness }: Augmentation,
  random: Random,
): void {
  for (let at = 0; at < count * valuesPerAugmentation; at += valuesPerAugmentation) {
    const changesThickness = thickness > 0 && random.uniform() < thicknessShare;
    changes[at] = changesThickness ? within(thickness, random) : Number.NaN;
    const angle = (within(rotation, random) * Math.PI) / 180;
    const wide = 1 / (1 + within(scale, random));
    const high = 1 / (1 + within(scale, random));
    const slant = within(shear, random);
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    changes[at + 1] = random.uint32() & (fieldSide - 1);
    changes[at + 2] = random.uint32() & (fieldSide - 1);
    changes[at + 3] = wide * (cos + slant * sin);
    changes[at + 4] = wide * (slant * cos - sin);
    changes[at + 5] = high * sin;
    changes[at + 6] = high * cos;
    changes[at + 7] = within(shift, random);
    changes[at + 8] = within(shift, random);
  }
}

/** Room for the pictures on the way. */
const plain = createPaddedPicture();
const changed = createPaddedPicture();

/** Copies sample `index` to inputs[at … at + size), changed as row `row` of `changes` says. */
export function augmentSample(
  inputs: Float32Array,
  at: number,
  { size, inputs: pictures }: Samples,
  index: number,
  changes: Float64Array,
  row: number,
  field: DisplacementField | null,
): void {
  const first = row * valuesPerAugmentation;
  const thickness = changes[first]!;
  padInto(plain, pictures, index * size);
  let picture = plain;
  if (!Number.isNaN(thickness)) {
    changeThickness(changed, plain, thickness);
    picture = changed;
  }
  warpInto(inputs, at, picture, warpOf(changes, first, field));
}

function warpOf(changes: Float64Array, first: number, field: DisplacementField | null): Warp {
  return {
    field,
    fieldX: changes[first + 1]!,
    fieldY: changes[first + 2]!,
    xx: changes[first + 3]!,
    xy: changes[first + 4]!,
    yx: changes[first + 5]!,
    yy: changes[first + 6]!,
    shiftX: changes[first + 7]!,
    shiftY: changes[first + 8]!,
  };
}

/** Copies the samples that `chosen` names into a batch, each changed at random, ink as 0…1. */
export function augmentBatch(
  samples: Samples,
  chosen: Uint32Array,
  inputs: Float32Array, // [chosen.length, size]
  labels: Uint8Array, // [chosen.length]
  augmentation: Augmentation,
  field: DisplacementField | null,
  random: Random,
): void {
  const changes = new Float64Array(chosen.length * valuesPerAugmentation);
  drawAugmentations(changes, chosen.length, augmentation, random);
  for (const [m, index] of chosen.entries()) {
    labels[m] = samples.labels[index]!;
    augmentSample(inputs, m * samples.size, samples, index, changes, m, field);
  }
}
