// Reader for the IDX format of MNIST (http://yann.lecun.com/exdb/mnist, "file formats"): a magic
// number 0, 0, type, rank; one big-endian uint32 per dimension; then the values. Only unsigned bytes are
// supported, the type of image and label files.

import { NnError } from '../errors.ts';

const unsignedByte = 0x08;

/** The kind of content by magic number, for error messages. */
const contents: Readonly<Record<number, string>> = { 2049: 'labels', 2051: 'images' };

/** The content of an IDX image file. */
export interface IdxImages {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** [count, rows, columns], row-major; a view on the given bytes */
  readonly pixels: Uint8Array;
}

/**
 * Parses an IDX image file.
 *
 * @param name of the file, for error messages
 * @throws NnError `data-corrupt` if the bytes are not a complete IDX image file
 */
export function parseIdxImages(bytes: Uint8Array, name: string): IdxImages {
  const [count, rows, columns] = parseDimensions(bytes, name, 3);
  return { count: count!, rows: rows!, columns: columns!, pixels: bytes.subarray(16) };
}

/**
 * Parses an IDX label file.
 *
 * @param name of the file, for error messages
 * @returns [count] labels, a view on the given bytes
 * @throws NnError `data-corrupt` if the bytes are not a complete IDX label file
 */
export function parseIdxLabels(bytes: Uint8Array, name: string): Uint8Array {
  parseDimensions(bytes, name, 1);
  return bytes.subarray(8);
}

/** Checks magic number and length. @returns the `rank` dimensions */
function parseDimensions(bytes: Uint8Array, name: string, rank: number): number[] {
  const headerLength = 4 + 4 * rank;
  if (bytes.length < headerLength) {
    throw corrupt(name, `a header of ${headerLength} bytes`, `${bytes.length} bytes in all`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = (unsignedByte << 8) | rank;
  const found = view.getUint32(0);
  if (found !== magic) {
    throw corrupt(name, `${contents[magic]}, magic number ${magic}`, contents[found] ?? `${found}`);
  }
  const dimensions = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const size = dimensions.reduce((product, dimension) => product * dimension, 1);
  if (bytes.length !== headerLength + size) {
    throw corrupt(
      name,
      `${dimensions.join(' × ')} = ${size} bytes after the header`,
      `${bytes.length - headerLength}`,
    );
  }
  return dimensions;
}

function corrupt(name: string, expected: string, got: string): NnError {
  return new NnError('data-corrupt', `${name}: expected ${expected}, got ${got}`);
}
