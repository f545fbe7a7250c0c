// Encodes a drawing as a PNG file: 28×28, 8 bits of grey, light ink on a dark background. The three
// chunks are written here, because a PNG library takes longer to load than the app takes to its first
// frame; open-picture.ts uses the library.

import { crc32, deflateSync } from 'node:zlib';
import { canvasSide, type Raster } from '@digits/canvas';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Each row begins with its filter type: 0, none. */
const rowBytes = 1 + canvasSide;

/** @returns the bytes of a PNG file with the values of the raster */
export function encodeDrawing(raster: Raster): Uint8Array {
  const rows = Buffer.alloc(rowBytes * canvasSide);
  for (let row = 0; row < canvasSide; row++) {
    rows.set(raster.subarray(row * canvasSide, (row + 1) * canvasSide), row * rowBytes + 1);
  }
  const parts = [chunk('IHDR', header()), chunk('IDAT', deflateSync(rows)), chunk('IEND')];
  return Buffer.concat([signature, ...parts]);
}

/** PNG specification, 11.2.2: width, height, 8 bits, grey; the methods are all 0. */
function header(): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(canvasSide, 0);
  bytes.writeUInt32BE(canvasSide, 4);
  bytes[8] = 8;
  return bytes;
}

/** PNG specification, 5.3: the length of the data, the type, the data, the CRC of both. */
function chunk(type: string, data: Uint8Array = new Uint8Array()): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
