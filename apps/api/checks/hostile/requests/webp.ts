// Mutations of WebP files by RIFF chunk: sizes, flags, canvas, frames and the compressed picture.

import type { Random } from '../random.ts';
import { mutateBytes, rearrange } from './bytes.ts';

interface Chunk {
  readonly type: string;
  readonly content: Buffer;
}

function parse(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= file.length; ) {
    const size = file.readUInt32LE(at + 4);
    const type = file.toString('latin1', at, at + 4);
    chunks.push({ type, content: file.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size % 2);
  }
  return chunks;
}

function serialize(chunks: readonly Chunk[], random: Random): Buffer {
  const parts = chunks.map(({ type, content }) => {
    const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
    const size = random.chance(0.03) ? random.pick([0, 1, 0x7fffffff, 0xffffffff]) : content.length;
    head.writeUInt32LE(size, 4);
    return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
  });
  const body = Buffer.concat([Buffer.from('WEBP'), ...parts]);
  const head = Buffer.from('RIFF\0\0\0\0');
  head.writeUInt32LE(random.chance(0.05) ? random.below(2 ** 32) : body.length, 4);
  return Buffer.concat([head, body]);
}

/** The extended header: flags, then width and height of the canvas less one. */
function extendedHeader(random: Random): Chunk {
  const content = Buffer.alloc(10);
  content[0] = random.below(256);
  content.writeUIntLE(random.pick([0, 27, 28, 16_383, 0xffffff]), 4, 3);
  content.writeUIntLE(random.pick([0, 27, 28, 16_383, 0xffffff]), 7, 3);
  return { type: 'VP8X', content };
}

/** A frame of an animation, with a picture in it. */
function frame(picture: Chunk, random: Random): Chunk {
  const head = Buffer.alloc(16);
  head.writeUIntLE(random.pick([0, 1, 0xffffff]), random.pick([0, 3]), 3);
  head.writeUIntLE(random.pick([27, 28, 0xffffff]), 6, 3);
  head.writeUIntLE(random.pick([27, 28, 0xffffff]), 9, 3);
  const inner = Buffer.from(`${picture.type}\0\0\0\0`, 'latin1');
  inner.writeUInt32LE(picture.content.length, 4);
  return { type: 'ANMF', content: Buffer.concat([head, inner, picture.content]) };
}

const types = ['ANIM', 'ALPH', 'ICCP', 'EXIF', 'XMP ', 'VP8 ', 'VP8L', 'VP8X', 'ABCD', '\0\0\0\0'];

function newChunk(chunks: readonly Chunk[], random: Random): Chunk {
  if (random.chance(0.3)) return frame(random.pick(chunks), random);
  return { type: random.pick(types), content: random.bytes(random.pick([0, 1, 6, 10, 16, 400])) };
}

export function mutateWebp(file: Buffer, random: Random): Buffer {
  let chunks = parse(file);
  if (random.chance(0.3)) chunks.unshift(extendedHeader(random));
  for (let left = 1 + random.below(3); left > 0 && chunks.length > 0; left--) {
    const at = random.below(chunks.length);
    const { type, content } = chunks[at]!;
    const change = random.below(4);
    if (change === 0) chunks = rearrange(chunks, random);
    else if (change === 1) chunks.splice(at, 0, newChunk(chunks, random));
    // The size of the picture is in its first bytes.
    else if (change === 2 && content.length > 10) {
      const head = mutateBytes(content.subarray(0, 10), random);
      chunks[at] = { type, content: Buffer.concat([head, content.subarray(10)]) };
    } else chunks[at] = { type, content: mutateBytes(content, random) };
  }
  return serialize(chunks, random);
}
