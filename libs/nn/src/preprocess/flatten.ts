// Grey and alpha → grey: what a transparent picture looks like on paper.

import type { Picture, Plane } from './picture.ts';

/**
 * The picture's light, 0…255. A transparent picture is laid on paper that the ink can be seen on:
 * if most of the picture is opaque it brings its own paper along, and the rest gets the median of
 * that; otherwise what is opaque is the ink, and the paper is black or white, whichever is farther
 * from it.
 */
export function flatten({ width, height, channels, data }: Picture): Plane {
  const values = new Float32Array(width * height);
  if (channels === 1) {
    values.set(data.subarray(0, values.length));
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
