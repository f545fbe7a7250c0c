// Encodes a drawing as a PNG file: 28×28, 8 bits of grey, light ink on a dark background. The bytes are
// written here, since a library takes long to load, and a browser may alter what its canvas encodes.

import { canvasSide, type Raster } from './raster.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** PNG specification, 11.2.2: width, height, 8 bits, grey; the methods are all 0. */
const header = [...bigEndian(canvasSide), ...bigEndian(canvasSide), 8, 0, 0, 0, 0];

/**
 * @param compress makes a zlib stream of the pixels; without it they are stored as they are
 * @returns the bytes of a PNG file with the values of the raster
 */
export function encodePng(
  raster: Raster,
  compress: (data: Uint8Array) => Iterable<number> = stored,
): Uint8Array<ArrayBuffer> {
  const rows = Array.from({ length: canvasSide }, (_, row) => [
    0, // The row's filter: none.
    ...raster.subarray(row * canvasSide, (row + 1) * canvasSide),
  ]);
  const pixels = compress(Uint8Array.from(rows.flat()));
  const chunks = [chunk('IHDR', header), chunk('IDAT', [...pixels]), chunk('IEND', [])];
  return Uint8Array.from([...signature, ...chunks.flat()]);
}

/** PNG specification, 5.3: the length of the data, the type, the data, the CRC of both. */
function chunk(type: string, data: readonly number[]): number[] {
  const body = [...Array.from(type, letter => letter.charCodeAt(0)), ...data];
  return [...bigEndian(data.length), ...body, ...bigEndian(crc32(body))];
}

/** RFC 1950 and 1951: a zlib stream of one block that is not compressed. */
function stored(data: Uint8Array): number[] {
  const length = [data.length & 255, data.length >> 8];
  const complement = length.map(byte => byte ^ 255);
  return [0x78, 0x01, 1, ...length, ...complement, ...data, ...bigEndian(adler32(data))];
}

function bigEndian(value: number): number[] {
  return [24, 16, 8, 0].map(shift => (value >>> shift) & 255);
}

/** PNG specification, annex D, without its table. */
function crc32(bytes: readonly number[]): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

/** RFC 1950, section 8.2. */
function adler32(bytes: Uint8Array): number {
  let [sum, sums] = [1, 0];
  for (const byte of bytes) {
    sum = (sum + byte) % 65_521;
    sums = (sums + sum) % 65_521;
  }
  return ((sums << 16) | sum) >>> 0;
}
