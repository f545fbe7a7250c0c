// What a corruption is, and the arithmetic that several of them share.

import type { Random } from '../../engine/random.ts';

/** The side of the pictures that are corrupted, in pixels. */
export const side = 28;

/**
 * Spoils one picture; the same for the same state of the random source.
 *
 * @param picture [28, 28] light 0…255, a bright digit on dark ground as MNIST's; left as it is
 * @returns [28, 28], a new array
 */
export type Corruption = (picture: Uint8Array, random: Random) => Uint8Array;

/** A picture from its values at every pixel, rounded and cut off at 0 and 255. */
export function imageOf(value: (x: number, y: number) => number): Uint8Array {
  const picture = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      picture[y * side + x] = Math.min(255, Math.max(0, Math.round(value(x, y))));
    }
  }
  return picture;
}

/** −1 or 1, as likely as one another. */
export function randomSign(random: Random): number {
  return random.uniform() < 0.5 ? -1 : 1;
}
