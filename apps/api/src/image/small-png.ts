// The PNG files of drawing apps and data sets: small, 8 bits a channel, not interlaced. Decoded here
// they cost a thirtieth of what libvips takes to set itself up. Nothing is believed: the size is
// bounded before anything is inflated, and whatever is unusual or damaged is left to libvips, whose
// verdict counts. (fast-png has no bound on what it inflates, and takes half a picture for a whole.)
//
// PNG specification, third edition: https://www.w3.org/TR/png-3/

import { crc32, inflateSync } from 'node:zlib';
import type { Picture } from '@digits/nn';
import { toLuma } from './luma.ts';
import { unfilter } from './unfilter.ts';

const maxSide = 128;
const maxFileBytes = 64 * 1024;

const channelsByColourType: Partial<Record<number, 1 | 2 | 3 | 4>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** Depth 8, and then for compression, filters and interlacing the only method or none. */
const plainMethods = [8, 0, 0, 0] as const;

/** Chunks that change no pixel. The rest, such as palettes, colour profiles and EXIF, may. */
const harmlessChunks = new Set(['pHYs', 'sRGB', 'tEXt', 'tIME']);

interface Header {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

/** The signature and the header chunk, which is the first and always as long. */
const headerEnd = 8 + 12 + 13;

/**
 * @param bytes begin with a PNG's signature
 * @returns null for whatever is not small, plain and whole
 */
export function decodeSmallPng(bytes: Buffer, maxPixels: number): Picture | null {
  const header = readHeader(bytes, maxPixels);
  const deflated = header && readData(bytes);
  if (!deflated) return null;
  const { width, height, channels } = header;
  const stride = width * channels;
  const lines = inflate(deflated, height * (1 + stride));
  if (!lines) return null;
  const pixels = unfilter(lines, { height, stride, channels });
  return pixels && { width, height, ...toLuma(pixels, channels) };
}

function readHeader(bytes: Buffer, maxPixels: number): Header | null {
  if (bytes.length > maxFileBytes || bytes.length < headerEnd) return null;
  if (bytes.readUInt32BE(8) !== 13 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const channels = channelsByColourType[bytes[25]!];
  const [depth, ...methods] = plainMethods;
  const isPlain = bytes[24] === depth && methods.every((method, i) => bytes[26 + i] === method);
  const isSmall = width > 0 && width <= maxSide && height > 0 && height <= maxSide;
  if (!channels || !isPlain || !isSmall || width * height > maxPixels) return null;
  return { width, height, channels };
}

/** The content of the IDAT chunks, joined; null where any chunk is damaged or not harmless. */
function readData(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = [];
  let at = 8;
  for (;;) {
    if (at + 12 > bytes.length) return null;
    const length = bytes.readUInt32BE(at);
    const contentEnd = at + 8 + length;
    if (contentEnd + 4 > bytes.length) return null;
    if (crc32(bytes.subarray(at + 4, contentEnd)) !== bytes.readUInt32BE(contentEnd)) return null;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IEND') break;
    if (type === 'IDAT') parts.push(bytes.subarray(at + 8, contentEnd));
    else if (!harmlessChunks.has(type) && !(type === 'IHDR' && at === 8)) return null;
    at = contentEnd + 4;
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

/** @returns null unless exactly so many bytes come out, and the checksum after them is right */
function inflate(deflated: Buffer, length: number): Buffer | null {
  try {
    const inflated = inflateSync(deflated, { maxOutputLength: length, chunkSize: length + 64 });
    return inflated.length === length ? inflated : null;
  } catch {
    return null;
  }
}
