// Affine corruptions: shear, scale, rotate, translate. Pixels from outside the image are black.

import { sampleBilinear } from '../../preprocess/resample.ts';
import { type Corruption, imageOf, randomSign, side } from './corruption.ts';

const centre = (side - 1) / 2;

/** The source position of a pixel, both relative to the image's centre. */
type SourceOf = (x: number, y: number) => readonly [x: number, y: number];

/** Radians; MNIST-C's severity 2. */
const shearAngle = 0.4;

/** Shifts rows horizontally and, as in the published code, scales their distance by the angle's cosine. */
export const shear: Corruption = (image, random) => {
  const angle = randomSign(random) * shearAngle;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return warp(image, (x, y) => [x - sin * y, cos * y]);
};

/** Fraction of the original size; MNIST-C's severity 3. */
const scaleFactor = 0.7;

/** Shrinks the image around its centre. */
export const scale: Corruption = image => warp(image, (x, y) => [x / scaleFactor, y / scaleFactor]);

/** Radians, about 23°; MNIST-C's severity 2. */
const rotationAngle = 0.4;

/** Rotates around the centre, clockwise or anticlockwise. */
export const rotate: Corruption = (image, random) => {
  const angle = randomSign(random) * rotationAngle;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return warp(image, (x, y) => [cos * x - sin * y, sin * x + cos * y]);
};

/** Pixels along both axes; MNIST-C's severity 3. */
const shift = 3;

/** Shifts diagonally, towards one of the four corners. */
export const translate: Corruption = (image, random) => {
  const [dx, dy] = [randomSign(random) * shift, randomSign(random) * shift];
  return warp(image, (x, y) => [x + dx, y + dy]);
};

/** Samples the image bilinearly at every pixel's source. */
function warp(image: Uint8Array, sourceOf: SourceOf): Uint8Array {
  const valueAt = (column: number, row: number) =>
    column < 0 || row < 0 || column >= side || row >= side ? 0 : image[row * side + column]!;
  return imageOf((x, y) => {
    const [sourceX, sourceY] = sourceOf(x - centre, y - centre);
    return sampleBilinear(valueAt, sourceX + centre, sourceY + centre);
  });
}
