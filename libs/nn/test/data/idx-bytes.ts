// Makes IDX files in memory, valid and malformed.

/** magic number, dimensions as big-endian uint32, then the bytes */
export function idxBytes(magic: number, dimensions: readonly number[], body: ArrayLike<number>) {
  const bytes = Buffer.alloc(4 + 4 * dimensions.length + body.length);
  bytes.writeUInt32BE(magic);
  for (const [i, dimension] of dimensions.entries()) bytes.writeUInt32BE(dimension, 4 + 4 * i);
  bytes.set(body, 4 + 4 * dimensions.length);
  return bytes;
}

export const imageMagic = 0x803;
export const labelMagic = 0x801;
