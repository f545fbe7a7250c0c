// Decodes small plain PNG files (8 bits a channel, not interlaced) as drawing apps and data sets have
// them, in a thirtieth of libvips' set-up time. Unusual or damaged files are left to libvips.

import { crc32, inflateSync } from 'node:zlib';
import type { Picture } from '@digits/nn';
import { toGrey } from './grey.ts';
import { unfilter } from './unfilter.ts';

// PNG specification, third edition: https://www.w3.org/TR/png-3/

const maxSide = 128;
const maxFileBytes = 64 * 1024;

const channelsByColourType: Partial<Record<number, 1 | 2 | 3 | 4>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** Bit depth, compression method, filter method and interlace method of a plain file. */
const plainMethods = [8, 0, 0, 0] as const;

/** Chunks that cannot change a pixel, unlike palettes, colour profiles or EXIF. */
const harmlessChunks = new Set(['pHYs', 'sRGB', 'tEXt', 'tIME']);

interface Header {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

/** The signature and the IHDR chunk, which is the first and has a fixed length. */
const headerEnd = 8 + 12 + 13;

/**
 * Decodes a PNG. The size is checked before anything is inflated, and the inflated size is bounded
 * (fast-png has no such bound, and accepts a truncated picture).
 *
 * @param bytes a file that begins with the PNG signature
 * @returns undefined for a file that is not small, plain and intact
 */
export function decodeSmallPng(bytes: Buffer, maxPixels: number): Picture | undefined {
  const header = readHeader(bytes, maxPixels);
  const deflated = header && readData(bytes);
  if (!deflated) return undefined;
  const { width, height, channels } = header;
  const stride = width * channels;
  const lines = inflate(deflated, height * (1 + stride));
  if (!lines) return undefined;
  const pixels = unfilter(lines, { height, stride, channels });
  return pixels && toGrey({ width, height, channels, pixels });
}

function readHeader(bytes: Buffer, maxPixels: number): Header | undefined {
  if (bytes.length > maxFileBytes || bytes.length < headerEnd) return undefined;
  if (bytes.readUInt32BE(8) !== 13 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const channels = channelsByColourType[bytes[25]!];
  const [depth, ...methods] = plainMethods;
  const isPlain = bytes[24] === depth && methods.every((method, i) => bytes[26 + i] === method);
  const isSmall = width > 0 && width <= maxSide && height > 0 && height <= maxSide;
  if (!channels || !isPlain || !isSmall || width * height > maxPixels) return undefined;
  return { width, height, channels };
}

/** The concatenated IDAT chunks; undefined where a chunk is damaged or not harmless. */
function readData(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  let at = 8;
  for (;;) {
    if (at + 12 > bytes.length) return undefined;
    const length = bytes.readUInt32BE(at);
    const contentEnd = at + 8 + length;
    if (contentEnd + 4 > bytes.length) return undefined;
    if (crc32(bytes.subarray(at + 4, contentEnd)) !== bytes.readUInt32BE(contentEnd))
      return undefined;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IEND') break;
    if (type === 'IDAT') parts.push(bytes.subarray(at + 8, contentEnd));
    else if (!harmlessChunks.has(type) && !(type === 'IHDR' && at === 8)) return undefined;
    at = contentEnd + 4;
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

/** @returns undefined unless the result has this length and a correct checksum */
function inflate(deflated: Buffer, length: number): Buffer | undefined {
  try {
    const inflated = inflateSync(deflated, { maxOutputLength: length, chunkSize: length + 64 });
    return inflated.length === length ? inflated : undefined;
  } catch {
    return undefined;
  }
}
