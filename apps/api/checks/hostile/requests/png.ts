// Mutations of PNG files by chunk, mostly with corrected checksums, so that decoders read them.

import { deflateSync } from 'node:zlib';
import { chunk, signature } from '../../../test/support/png-chunks.ts';
import type { Random } from '../random.ts';
import { mutateBytes, rearrange } from './bytes.ts';

interface Chunk {
  readonly type: string;
  readonly content: Buffer;
}

function parse(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = signature.length; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    chunks.push({ type, content: file.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function serialize(chunks: readonly Chunk[]): Buffer {
  return Buffer.concat([signature, ...chunks.map(({ type, content }) => chunk(type, content))]);
}

const sides = [0, 1, 27, 28, 29, 64, 4899, 5000, 65_535, 65_536, 0x7fffffff, 0xffffffff];

/** Width, height, depth, colour type, compression, filter or interlacing. */
function changeHeader(content: Buffer, random: Random): Buffer {
  const copy = Buffer.from(content);
  const field = random.below(7);
  if (field < 2) copy.writeUInt32BE(random.pick(sides), field * 4);
  else copy[field + 6] = random.pick([0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 32, 255]);
  return copy;
}

/** Compressed rows that are too few, too many, or have unknown filters. */
function rows(random: Random): Buffer {
  const raw = random.bytes(random.pick([0, 1, 28, 29 * 28 - 1, 29 * 28, 29 * 28 + 1, 3000]));
  const compressed = deflateSync(raw, { level: random.below(10) });
  return random.chance(0.3) ? mutateBytes(compressed, random) : compressed;
}

const zeros = deflateSync(Buffer.alloc(4_000_000));

/** Chunks with a keyword and compressed text, which could be a bomb. */
const compressedTypes = ['zTXt', 'iTXt', 'iCCP'];
const otherTypes = ['tRNS', 'PLTE', 'gAMA', 'cHRM', 'sRGB', 'eXIf', 'tEXt', 'bKGD', 'sBIT', 'pHYs'];
const frameTypes = ['acTL', 'fcTL', 'fdAT', 'IDAT', 'IEND', 'IHDR', 'ABCD', 'abcd', '\0\0\0\0'];

function newChunk(random: Random): Chunk {
  const type = random.pick([...compressedTypes, ...otherTypes, ...frameTypes]);
  if (compressedTypes.includes(type) && random.chance(0.6)) {
    return { type, content: Buffer.concat([Buffer.from('name\0\0'), zeros]) };
  }
  return { type, content: random.bytes(random.pick([0, 1, 2, 4, 6, 8, 26, 32, 256, 768, 769])) };
}

export function mutatePng(file: Buffer, random: Random): Buffer {
  let chunks = parse(file);
  for (let left = 1 + random.below(3); left > 0 && chunks.length > 0; left--) {
    const at = random.below(chunks.length);
    const { type, content } = chunks[at]!;
    const change = random.below(4);
    if (change === 0) chunks = rearrange(chunks, random);
    else if (change === 1) chunks.splice(at + 1, 0, newChunk(random));
    else if (type === 'IHDR' && content.length === 13) {
      chunks[at] = { type, content: changeHeader(content, random) };
    } else if (type === 'IDAT' && change === 2) chunks[at] = { type, content: rows(random) };
    else chunks[at] = { type, content: mutateBytes(content, random) };
  }
  return serialize(chunks);
}
