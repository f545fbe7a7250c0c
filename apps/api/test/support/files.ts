// Encodes drawings as files of several formats.

import { crc32 } from 'node:zlib';
import { encode, type ImageData } from 'fast-png';
import sharp from 'sharp';
import type { Drawing } from './drawing.ts';

/** The channel values of a file for a grey value of the drawing. */
type Paint = (grey: number) => readonly number[];

const channelsOf = { grey: 1, greyAlpha: 2, rgb: 3, rgba: 4 } as const;

/** A PNG whose pixels are computed by `paint`, 0…255 a channel. */
export function png(
  { side, data }: Drawing,
  kind: keyof typeof channelsOf = 'grey',
  paint: Paint = grey => [grey],
  depth: 8 | 16 = 8,
): Buffer {
  const values = Array.from(data).flatMap(paint);
  const image: ImageData = {
    width: side,
    height: side,
    channels: channelsOf[kind],
    depth,
    data: depth === 8 ? new Uint8Array(values) : new Uint16Array(values.map(value => value * 257)),
  };
  return Buffer.from(encode(image));
}

/** A sharp pipeline with the drawing as its input. */
export function pipeline({ side, data }: Drawing) {
  return sharp(data, { raw: { width: side, height: side, channels: 1 } });
}

/** The PNG with another size in its header, and a correct checksum. */
export function claimSize(file: Buffer, width: number, height: number): Buffer {
  const liar = Buffer.from(file);
  liar.writeUInt32BE(width, 16);
  liar.writeUInt32BE(height, 20);
  liar.writeUInt32BE(crc32(liar.subarray(12, 29)), 29);
  return liar;
}
