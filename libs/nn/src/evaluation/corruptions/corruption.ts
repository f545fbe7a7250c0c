// The type of a corruption, and functions that several corruptions use.

import type { Random } from '../../engine/random.ts';

/** Side of the images that are corrupted, in pixels. */
export const side = 28;

/**
 * Degrades one image, deterministically for a given state of the random generator.
 *
 * @param image [28, 28] grey values 0…255, a bright digit on a dark background as in MNIST; not modified
 * @returns [28, 28], a new array
 */
export type Corruption = (image: Uint8Array, random: Random) => Uint8Array;

/** Creates an image from a function of the pixel, rounded and clamped to 0…255. */
export function imageOf(value: (x: number, y: number) => number): Uint8Array {
  const image = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      image[y * side + x] = Math.min(255, Math.max(0, Math.round(value(x, y))));
    }
  }
  return image;
}

/** −1 or 1, with equal probability. */
export function randomSign(random: Random): number {
  return random.uniform() < 0.5 ? -1 : 1;
}
