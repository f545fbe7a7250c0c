// Batches of pictures that nobody drew quite like that: each one turned, stretched, slanted,
// shifted, bent and thickened a little, differently every time it comes up.
import type { Samples } from '../data/samples.ts';
import type { Random } from '../random.ts';
import {
  createDisplacementField,
  type DisplacementField,
  fieldSide,
} from './displacement-field.ts';
import { createPaddedPicture, padInto } from './padded-picture.ts';
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
export function createField(augmentation: Augmentation, random: Random): DisplacementField | null {
  return augmentation.elastic && createDisplacementField(random, augmentation.elastic);
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
  const { size } = samples;
  const plain = createPaddedPicture();
  const changed = createPaddedPicture();
  for (const [m, index] of chosen.entries()) {
    labels[m] = samples.labels[index]!;
    padInto(plain, samples.inputs.subarray(index * size, (index + 1) * size));
    let picture = plain;
    if (augmentation.thickness > 0 && random.uniform() < thicknessShare) {
      changeThickness(changed, plain, within(augmentation.thickness, random));
      picture = changed;
    }
    warpInto(inputs, m * size, picture, drawWarp(augmentation, field, random));
  }
}

function drawWarp(
  { rotation, scale, shear, shift }: Augmentation,
  field: DisplacementField | null,
  random: Random,
): Warp {
  const angle = (within(rotation, random) * Math.PI) / 180;
  const wide = 1 / (1 + within(scale, random));
  const high = 1 / (1 + within(scale, random));
  const slant = within(shear, random);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return {
    field,
    fieldX: random.uint32() & (fieldSide - 1),
    fieldY: random.uint32() & (fieldSide - 1),
    xx: wide * (cos + slant * sin),
    xy: wide * (slant * cos - sin),
    yx: high * sin,
    yy: high * cos,
    shiftX: within(shift, random),
    shiftY: within(shift, random),
  };
}

/** Uniform between −bound and bound. */
function within(bound: number, random: Random): number {
  return bound * (2 * random.uniform() - 1);
}
