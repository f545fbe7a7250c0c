// How large a picture may be, by how it is stored. Most files are decoded line by line; some give
// their pixels in several passes over the whole picture, which is held in memory until the last one.

import { isPng } from './format.ts';

/** Eight bytes a pixel at worst, where a progressive JPEG takes three to six. */
const interlacedFraction = 1 / 4;
const progressiveFraction = 1 / 2;

/** Segments that come before the frame's header in any sane file. */
const maxSegments = 1000;

const progressiveFrame = 0xc2;
/** Where the pixels begin, in a file that is not progressive or has no frame. */
const startOfScan = 0xda;

/** Of the pixels that a picture may have, as many as one stored like this may. */
export function pixelLimit(file: Buffer, maxPixels: number): number {
  if (isPng(file)) return isInterlaced(file) ? maxPixels * interlacedFraction : maxPixels;
  return isProgressiveJpeg(file) ? maxPixels * progressiveFraction : maxPixels;
}

/** The last byte of IHDR, which is always the first chunk. */
function isInterlaced(png: Buffer): boolean {
  return png[28] === 1;
}

/** Goes from marker to marker (ITU-T T.81, §B.1.1) until one says how the pixels are stored. */
function isProgressiveJpeg(file: Buffer): boolean {
  let at = 2;
  for (let segment = 0; segment < maxSegments && at + 4 <= file.length; segment++) {
    if (file[at] !== 0xff) return false;
    const marker = file[at + 1]!;
    if (marker === progressiveFrame) return true;
    if (marker === startOfScan) return false;
    // Any number of 0xff may stand before a marker.
    at += marker === 0xff ? 1 : 2 + file.readUInt16BE(at + 2);
  }
  return false;
}
