// Decodes a PNG picture as a drawing. What it inflates to is bounded before it is decoded: chunks that
// are no pixels are left out, since a profile or a text can inflate to gigabytes, and so can pixels.

import { inflateSync } from 'node:zlib';
import { type Raster, rasterOfPicture } from '@digits/canvas';
import { type DecodedPng, decode } from 'fast-png';
import { pngSignature, pngSize } from './png-size.ts';

/** @throws an error of any class if the picture cannot be decoded; takes seconds for a large one */
export function rasterOfPng(bytes: Buffer): Raster {
  const chunks = chunksOf(bytes).filter(({ type }) => pixelChunks.has(type));
  const pixels = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
  inflateSync(Buffer.concat(pixels), { maxOutputLength: maxInflatedBytes(bytes) });
  const png = decode(Buffer.concat([pngSignature, ...chunks.map(({ whole }) => whole)]));
  return rasterOfPicture({ width: png.width, height: png.height, data: greyOf(png) });
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  /** With length, type and checksum. */
  readonly whole: Buffer;
}

const pixelChunks: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);

/** A last chunk that is cut off is left out. */
function chunksOf(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = pngSignature.length; start + 12 <= bytes.length; ) {
    const end = start + 12 + bytes.readUInt32BE(start);
    if (end > bytes.length) break;
    const type = bytes.toString('latin1', start + 4, start + 8);
    chunks.push({
      type,
      data: bytes.subarray(start + 8, end - 4),
      whole: bytes.subarray(start, end),
    });
    start = end;
  }
  return chunks;
}

/** By colour type; its samples of a pixel. */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** A filter byte and the samples for each row; the seven passes of an interlaced picture have twice as many rows. */
function maxInflatedBytes(bytes: Buffer): number {
  const { width = 0, height = 0 } = pngSize(bytes) ?? {};
  const bits = width * (bytes[24] ?? 0) * (samplesOf[bytes[25] ?? 0] ?? 0);
  const rows = (1 + Math.ceil(bits / 8)) * height;
  const isInterlaced = bytes[28] === 1;
  return isInterlaced ? 2 * (rows + width + height) : rows;
}

/** @returns grey values, 0…255, over a white background, for all channels and depths */
function greyOf(png: DecodedPng): Float64Array {
  const { width, height, channels, depth } = png;
  const samples = depth < 8 ? unpacked(png) : png.data;
  const palette = png.palette?.map(colour => luma(colour, 0, colour.length, 255));
  const maxValue = 2 ** depth - 1;
  const grey = new Float64Array(width * height);
  for (let index = 0; index < grey.length; index++) {
    grey[index] =
      palette === undefined
        ? luma(samples, index * channels, channels, maxValue)
        : (palette[samples[index] ?? 0] ?? 0);
  }
  return grey;
}

/** Luma of Rec. 601 of the samples from an index on, blended with white by alpha. */
function luma(
  samples: ArrayLike<number>,
  first: number,
  channels: number,
  maxValue: number,
): number {
  const at = (channel: number) => samples[first + channel] ?? 0;
  const isGrey = channels <= 2;
  const value = isGrey ? at(0) : 0.299 * at(0) + 0.587 * at(1) + 0.114 * at(2);
  const alpha = channels === 2 || channels === 4 ? at(channels - 1) / maxValue : 1;
  return 255 * ((value / maxValue) * alpha + (1 - alpha));
}

/** Unpacks samples of 1, 2 or 4 bits; each row begins at a byte. */
function unpacked({ width, height, depth, data }: DecodedPng): Uint8Array {
  const perByte = 8 / depth;
  const rowBytes = Math.ceil(width / perByte);
  return Uint8Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    const byte = data[y * rowBytes + Math.floor(x / perByte)] ?? 0;
    return (byte >> (8 - depth * ((x % perByte) + 1))) & (2 ** depth - 1);
  });
}
