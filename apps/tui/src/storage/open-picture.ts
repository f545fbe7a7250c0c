// Reads a PNG file as a drawing. The sizes of the file and of its picture are checked before memory is
// allocated for them.

import { type Raster, rasterOfPicture } from '@digits/canvas';
import { FileReadError, readRegularFile } from '@digits/files';
import { type DecodedPng, decode } from 'fast-png';
import { AppError } from '../app-error.ts';
import { absolutePath, fileError } from './picture-path.ts';

/** A photograph of a page is smaller; a drawing of this app has a few hundred bytes. */
const maxFileBytes = 20 * 1024 * 1024;
const maxPixels = 16_000_000;

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** @throws AppError `picture-file`, `picture-too-large`, `picture-unreadable` */
export async function openPicture(typed: string): Promise<Raster> {
  const path = absolutePath(typed);
  const bytes = await readBounded(path);
  const { width, height } = sizeOf(path, bytes);
  if (width * height > maxPixels) {
    throw new AppError(
      'picture-too-large',
      `${path} has ${width}×${height} pixels; at most ${maxPixels} can be opened.`,
    );
  }
  try {
    const png = decode(bytes);
    return rasterOfPicture({ width: png.width, height: png.height, data: greyOf(png) });
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function readBounded(path: string): Promise<Buffer> {
  try {
    return await readRegularFile(path, maxFileBytes);
  } catch (cause) {
    if (!(cause instanceof FileReadError && cause.code === 'file-too-large')) {
      throw fileError(path, cause);
    }
    const message = `${path} cannot be opened: ${cause.message}.`;
    throw new AppError('picture-too-large', message, { cause });
  }
}

/** Reads the size from the first chunk, IHDR: PNG specification, 5.2 and 11.2.2. */
function sizeOf(path: string, bytes: Buffer): { width: number; height: number } {
  const isPng = bytes.length >= 24 && bytes.subarray(0, 8).equals(signature);
  if (!isPng) throw unreadable(path, undefined);
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** @returns grey values, 0…255, over a white background, for all channels and depths */
function greyOf(png: DecodedPng): Float64Array {
  const { width, height, data, channels, palette } = png;
  const maxValue = 2 ** (png.depth === 16 ? 16 : 8) - 1;
  const samples = palette === undefined ? undefined : palette;
  const bits = png.depth < 8 ? unpacked(png) : data;
  return Float64Array.from({ length: width * height }, (_, index) => {
    const first = index * channels;
    if (samples !== undefined) return luma(samples[bits[index] ?? 0] ?? [0, 0, 0], 255);
    const value = Array.from({ length: channels }, (_, channel) => bits[first + channel] ?? 0);
    return luma(value, png.depth < 8 ? 2 ** png.depth - 1 : maxValue);
  });
}

/** Luma of Rec. 601, blended with white by alpha. */
function luma(channels: readonly number[], maxValue: number): number {
  const isGrey = channels.length <= 2;
  const [red = 0, green = 0, blue = 0] = isGrey ? Array(3).fill(channels[0]) : channels;
  const alpha = (isGrey ? channels[1] : channels[3]) ?? maxValue;
  const grey = (0.299 * red + 0.587 * green + 0.114 * blue) / maxValue;
  return 255 * (grey * (alpha / maxValue) + (1 - alpha / maxValue));
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

function unreadable(path: string, cause: unknown): AppError {
  return new AppError('picture-unreadable', `${path} is not a readable PNG picture.`, {
    cause,
  });
}
