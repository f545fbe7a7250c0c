// What decoding a file costs, by the size and encoding that its header names. Most files are decoded
// line by line; interlaced and progressive ones in several passes, with the whole picture in memory
// until the last.

import { Problem } from '../problem.ts';
import { isPng } from './format.ts';

/** Interlaced PNG takes up to eight bytes a pixel, progressive JPEG three to six. */
const interlacedFraction = 1 / 4;
const progressiveFraction = 1 / 2;

/** libvips keeps some hundred lines of a PNG while it shrinks it: more memory than a short one has. */
const bufferedLines = 512;

/** Lines of this length take a tenth of a gigabyte; those of a million pixels took two. */
const maxPngWidth = 16_384;

/** Upper bound of the segments before the frame header. */
const maxSegments = 1000;

const progressiveFrame = 0xc2;
/** Baseline, extended and progressive: the frames that libjpeg decodes. */
const frames: ReadonlySet<number> = new Set([0xc0, 0xc1, progressiveFrame]);
/** The start of the pixels; there is no frame after it. */
const startOfScan = 0xda;

interface Header {
  /** Or more, if it takes more memory. Undefined where the header is not in the usual place. */
  readonly pixels: number | undefined;
  /** The part of the maximum number of pixels that a file with this encoding may have. */
  readonly fraction: number;
}

/** The maximum pixels of a file with this encoding: `maxPixels` or a fraction of it. */
export function pixelLimit(file: Buffer, maxPixels: number): number {
  return maxPixels * readHeader(file).fraction;
}

/** @throws Problem `too-many-pixels` for a PNG with very long lines, however few they are */
export function checkWidth(file: Buffer): void {
  if (!isPng(file) || file.length < 29 || file.readUInt32BE(16) <= maxPngWidth) return;
  const width = file.readUInt32BE(16);
  throw new Problem(
    'too-many-pixels',
    `The picture is ${width} pixels wide; send a PNG of at most ${maxPngWidth}.`,
  );
}

/** The pixels of a file that takes as much memory and is decoded line by line. */
export function equivalentPixels(file: Buffer): number | undefined {
  const { pixels, fraction } = readHeader(file);
  return pixels === undefined ? undefined : pixels / fraction;
}

function readHeader(file: Buffer): Header {
  if (isPng(file)) return readPngHeader(file);
  return file[0] === 0xff ? readJpegHeader(file) : readWebpHeader(file);
}

/** IHDR, which is always the first chunk; its last byte is the interlace method. */
function readPngHeader(file: Buffer): Header {
  const fraction = file[28] === 1 ? interlacedFraction : 1;
  if (file.length < 29) return { fraction, pixels: undefined };
  const lines = Math.max(file.readUInt32BE(20), bufferedLines);
  return { fraction, pixels: file.readUInt32BE(16) * lines };
}

/** Walks the markers (ITU-T T.81, §B.1.1) up to the frame header (§B.2.2). */
function readJpegHeader(file: Buffer): Header {
  let at = 2;
  for (let segment = 0; segment < maxSegments && at + 9 <= file.length; segment++) {
    const marker = file[at + 1]!;
    if (file[at] !== 0xff || marker === startOfScan) break;
    if (frames.has(marker)) {
      const fraction = marker === progressiveFrame ? progressiveFraction : 1;
      return { fraction, pixels: file.readUInt16BE(at + 5) * file.readUInt16BE(at + 7) };
    }
    // Any number of 0xff may stand before a marker.
    at += marker === 0xff ? 1 : 2 + file.readUInt16BE(at + 2);
  }
  return { fraction: 1, pixels: undefined };
}

/** The first chunk: extended, lossless or lossy (RFC 9649, §2.5 to §2.7). */
function readWebpHeader(file: Buffer): Header {
  return { fraction: 1, pixels: file.length < 30 ? undefined : webpPixels(file) };
}

function webpPixels(file: Buffer): number | undefined {
  switch (file.toString('latin1', 12, 16)) {
    case 'VP8X':
      return (1 + file.readUIntLE(24, 3)) * (1 + file.readUIntLE(27, 3));
    case 'VP8L': {
      const sides = file.readUInt32LE(21);
      return (1 + (sides & 0x3fff)) * (1 + ((sides >>> 14) & 0x3fff));
    }
    case 'VP8 ':
      return (file.readUInt16LE(26) & 0x3fff) * (file.readUInt16LE(28) & 0x3fff);
    default:
      return undefined;
  }
}
