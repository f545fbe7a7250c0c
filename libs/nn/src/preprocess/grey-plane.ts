// Converts a decoded picture to a plane of grey levels: shrinks large pictures, composites alpha over
// paper, and reduces pixels that were enlarged to blocks.

import type { Box, Picture, Plane } from './picture.ts';
import { newArrays } from './workspace.ts';

/** Maximum side; at the resolution of a photograph the later steps would take a second. */
const maxSidePixels = 1024;

/**
 * Shrinks a large picture by an integer factor, each new pixel the mean of a block.
 *
 * @returns the same object if no side has more than 1024 pixels
 */
export function shrinkLarge(picture: Picture): Picture {
  const block = Math.ceil(Math.max(picture.width, picture.height) / maxSidePixels);
  if (block === 1) return picture;
  const width = Math.ceil(picture.width / block);
  const height = Math.ceil(picture.height / block);
  const data = new Uint8Array(width * height * picture.channels);
  const writeMean = picture.channels === 1 ? writeGreyMean : writeGreyAlphaMean;
  for (let y = 0; y < height; y++) {
    const bottom = Math.min(picture.height, (y + 1) * block);
    for (let x = 0; x < width; x++) {
      const right = Math.min(picture.width, (x + 1) * block);
      const at = (y * width + x) * picture.channels;
      writeMean(data, at, picture, { left: x * block, right, top: y * block, bottom });
    }
  }
  return { width, height, channels: picture.channels, data };
}

function writeGreyMean(target: Uint8Array, at: number, { width, data }: Picture, box: Box): void {
  const { left, right, top, bottom } = box;
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let i = y * width + left; i < y * width + right; i++) sum += data[i]!;
  }
  target[at] = Math.round(sum / ((right - left) * (bottom - top)));
}

/** The grey mean is weighted by alpha, so transparent pixels do not count. */
function writeGreyAlphaMean(
  target: Uint8Array,
  at: number,
  { width, data }: Picture,
  { left, right, top, bottom }: Box,
): void {
  let light = 0;
  let opacity = 0;
  for (let y = top; y < bottom; y++) {
    for (let i = 2 * (y * width + left); i < 2 * (y * width + right); i += 2) {
      light += data[i]! * data[i + 1]!;
      opacity += data[i + 1]!;
    }
  }
  target[at] = opacity === 0 ? 0 : Math.round(light / opacity);
  target[at + 1] = Math.round(opacity / ((right - left) * (bottom - top)));
}

/**
 * Composites a picture over paper of one grey level. If most of the picture is opaque, the paper is the
 * median of the opaque pixels. Otherwise the opaque pixels are ink, and the paper is black or white,
 * whichever differs more from their mean.
 *
 * @returns grey levels 0…255, a new plane
 */
export function compositeOverPaper(
  { width, height, channels, data }: Picture,
  workspace = newArrays,
): Plane {
  const values = workspace.float32(width * height);
  if (channels === 1) {
    // `set` takes twice as long where it converts.
    for (let i = 0; i < values.length; i++) values[i] = data[i]!;
    return { width, height, values };
  }
  const paper = choosePaper(data, values.length);
  for (let i = 0; i < values.length; i++) {
    const alpha = data[2 * i + 1]! / 255;
    values[i] = alpha * data[2 * i]! + (1 - alpha) * paper;
  }
  return { width, height, values };
}

function choosePaper(greyAlpha: Uint8Array, pixels: number): number {
  const histogram = new Uint32Array(256);
  let opaque = 0;
  let sum = 0;
  for (let i = 0; i < pixels; i++) {
    if (greyAlpha[2 * i + 1]! < 128) continue;
    const grey = greyAlpha[2 * i]!;
    histogram[grey]!++;
    sum += grey;
    opaque++;
  }
  if (opaque <= pixels / 2) return sum > 127.5 * opaque ? 0 : 255;
  let median = 0;
  for (let below = histogram[0]!; below * 2 < opaque; below += histogram[median]!) median++;
  return median;
}

/** Minimum number of blocks on each side: fewer could not show a digit. */
const minSideBlocks = 8;

/**
 * Reduces uniform square blocks to single pixels, for exports of a zoomed canvas.
 *
 * @returns the same object if the picture is not made of square blocks
 */
export function blocksToPixels(plane: Plane): Plane {
  const block = blockSide(plane);
  const [width, height] = [plane.width / block, plane.height / block];
  if (block === 1 || Math.min(width, height) < minSideBlocks) return plane;
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      values[y * width + x] = plane.values[(y * plane.width + x) * block]!;
    }
  }
  return { width, height, values };
}

/** The greatest common divisor of both sides and of every coordinate where the grey level changes. */
function blockSide({ width, height, values }: Plane): number {
  let side = greatestCommonDivisor(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const here = values[at]!;
      if (x % side !== 0 && here !== values[at - 1]!) side = greatestCommonDivisor(side, x);
      if (y % side !== 0 && here !== values[at - width]!) side = greatestCommonDivisor(side, y);
      if (side === 1) return 1;
    }
  }
  return side;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
