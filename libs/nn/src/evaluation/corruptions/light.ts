// The light changed: all of it, or turned into its opposite at the sides.

import { type Corruption, side } from './corruption.ts';

/** Of 255; MNIST-C's severity 5. */
const addedBrightness = 0.5;

/** The ground turns grey, and grey strokes white. */
export const brightness: Corruption = picture =>
  picture.map(value => Math.min(255, Math.round(value + addedBrightness * 255)));

/** Columns on either side. */
const stripeWidth = side / 4;

/** The left and the right quarter are seen as in a negative. */
export const stripe: Corruption = picture =>
  picture.map((value, i) => {
    const x = i % side;
    return x < stripeWidth || x >= side - stripeWidth ? 255 - value : value;
  });
