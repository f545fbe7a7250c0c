// Dropout (Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014), inverted: what is
// kept is scaled up while training, so that nothing is left to do when predicting.

import type { Random } from './random.ts';

/**
 * Sets each of the first `length` values to 0 with probability `rate` and divides the others by
 * 1 − rate, in place. After a ReLU the zeros tell the backward pass what was dropped.
 */
export function dropOut(values: Float32Array, length: number, rate: number, random: Random): void {
  const scale = 1 / (1 - rate);
  const threshold = rate * 2 ** 32;
  for (let i = 0; i < length; i++) {
    values[i] = random.uint32() < threshold ? 0 : scale * values[i]!;
  }
}
