// Builds PNG files from chunks, for files that encoders do not write.

import { crc32 } from 'node:zlib';

export const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The signature and the header chunk. */
const headerEnd = 8 + 12 + 13;
/** The last chunk is always empty. */
const endLength = 12;

/** A chunk with its length and its checksum. */
export function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** IHDR of a picture that is not interlaced. */
export function header(width: number, height: number, colourType: number, depth = 8): Buffer {
  const content = Buffer.alloc(13);
  content.writeUInt32BE(width, 0);
  content.writeUInt32BE(height, 4);
  content.set([depth, colourType], 8);
  return chunk('IHDR', content);
}

export function insertAfterHeader(file: Buffer, ...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([file.subarray(0, headerEnd), ...chunks, file.subarray(headerEnd)]);
}

export function insertBeforeEnd(file: Buffer, ...chunks: readonly Buffer[]): Buffer {
  const end = file.length - endLength;
  return Buffer.concat([file.subarray(0, end), ...chunks, file.subarray(end)]);
}

/** The compressed content of a file's IDAT chunks. */
export function imageData(file: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const contentEnd = at + 8 + file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') {
      parts.push(file.subarray(at + 8, contentEnd));
    }
  }
  return Buffer.concat(parts);
}

/** An animated PNG (https://www.w3.org/TR/png-3/, §11.3.6) of frames of the same size. */
export function animate(first: Buffer, second: Buffer): Buffer {
  const [width, height] = [first.readUInt32BE(16), first.readUInt32BE(20)];
  const play = chunk('acTL', integers(2, 0));
  const later = Buffer.concat([integers(2), imageData(second)]);
  const started = insertAfterHeader(first, play, frameControl(0, width, height));
  return insertBeforeEnd(started, frameControl(1, width, height), chunk('fdAT', later));
}

function frameControl(sequence: number, width: number, height: number): Buffer {
  const place = integers(sequence, width, height, 0, 0);
  return chunk('fcTL', Buffer.concat([place, Buffer.from([0, 1, 0, 10, 0, 0])]));
}

function integers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
  return bytes;
}
