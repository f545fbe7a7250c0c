// Pixel limits by encoding. Most files are decoded line by line; interlaced and progressive ones in
// several passes, with the whole picture in memory until the last.

import { isPng } from './format.ts';

/** Interlaced PNG takes up to eight bytes a pixel, progressive JPEG three to six. */
const interlacedFraction = 1 / 4;
const progressiveFraction = 1 / 2;

/** Upper bound of the segments before the frame header. */
const maxSegments = 1000;

const progressiveFrame = 0xc2;
/** The start of the pixels, in a file that is not progressive or has no frame. */
const startOfScan = 0xda;

/** The maximum pixels of a file with this encoding: `maxPixels` or a fraction of it. */
export function pixelLimit(file: Buffer, maxPixels: number): number {
  if (isPng(file)) return isInterlaced(file) ? maxPixels * interlacedFraction : maxPixels;
  return isProgressiveJpeg(file) ? maxPixels * progressiveFraction : maxPixels;
}

/** The last byte of IHDR, which is always the first chunk. */
function isInterlaced(png: Buffer): boolean {
  return png[28] === 1;
}

/** Walks the markers (ITU-T T.81, §B.1.1) up to the one that names the encoding. */
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
