// The picture moved as a whole: sheared, shrunk, turned, shifted; dark comes in from outside.

import { type Corruption, imageOf, randomSign, side } from './corruption.ts';

const centre = (side - 1) / 2;

/** Where a pixel's light comes from, measured from the picture's centre. */
type SourceOf = (x: number, y: number) => readonly [x: number, y: number];

/** Radians; MNIST-C's severity 2. */
const shearAngle = 0.4;

/** Rows move sideways; as published, they come nearer to each other by its cosine, too. */
export const shear: Corruption = (picture, random) => {
  const angle = randomSign(random) * shearAngle;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return warp(picture, (x, y) => [x - sin * y, cos * y]);
};

/** Of the size before; MNIST-C's severity 3. */
const scaleFactor = 0.7;

export const scale: Corruption = picture =>
  warp(picture, (x, y) => [x / scaleFactor, y / scaleFactor]);

/** Radians, about 23°; MNIST-C's severity 2. */
const rotationAngle = 0.4;

export const rotate: Corruption = (picture, random) => {
  const angle = randomSign(random) * rotationAngle;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return warp(picture, (x, y) => [cos * x - sin * y, sin * x + cos * y]);
};

/** Pixels, both ways; MNIST-C's severity 3. */
const shift = 3;

export const translate: Corruption = (picture, random) => {
  const [dx, dy] = [randomSign(random) * shift, randomSign(random) * shift];
  return warp(picture, (x, y) => [x + dx, y + dy]);
};

function warp(picture: Uint8Array, sourceOf: SourceOf): Uint8Array {
  return imageOf((x, y) => {
    const [sourceX, sourceY] = sourceOf(x - centre, y - centre);
    return sampleBilinear(picture, sourceX + centre, sourceY + centre);
  });
}

/** Bilinear, 0 outside. */
function sampleBilinear(picture: Uint8Array, x: number, y: number): number {
  const at = (column: number, row: number) =>
    column < 0 || row < 0 || column >= side || row >= side ? 0 : picture[row * side + column]!;
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, below] = [x - left, y - top];
  const upper = (1 - right) * at(left, top) + right * at(left + 1, top);
  const lower = (1 - right) * at(left, top + 1) + right * at(left + 1, top + 1);
  return (1 - below) * upper + below * lower;
}
