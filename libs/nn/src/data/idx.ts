// Reader for the IDX format of MNIST (http://yann.lecun.com/exdb/mnist, "file formats"): a magic
// number 0, 0, type, rank; one big-endian uint32 per dimension; then the values. Only unsigned bytes are
// supported, the type of image and label files.

import { NnError } from '../errors.ts';

const labelMagic = 0x0801;
const imageMagic = 0x0803;

/** The kind of content by magic number. */
const contents: Readonly<Record<number, string>> = {
  [labelMagic]: 'labels',
  [imageMagic]: 'images',
};

/** Maximum size of a file; MNIST's largest has 47 MB. */
export const maxIdxBytes = 1 << 28;

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
  const [count, rows, columns] = parseDimensions(bytes, name, imageMagic);
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
  parseDimensions(bytes, name, labelMagic);
  return bytes.subarray(8);
}

/**
 * The length of a whole file by its header.
 *
 * @param head of the file, at least its header
 * @param name of the file, for error messages
 * @throws NnError `data-corrupt` if it is no header of images or labels, or claims more than `maxIdxBytes`
 */
export function claimedIdxBytes(head: Uint8Array, name: string): number {
  const { headerLength, size } = readHeader(head, name);
  const claimed = headerLength + size;
  if (claimed <= maxIdxBytes) return claimed;
  throw corrupt(name, `at most ${maxIdxBytes} bytes`, `a header that claims ${claimed}`);
}

/** Checks kind and length. @returns the dimensions */
function parseDimensions(bytes: Uint8Array, name: string, expectedMagic: number): number[] {
  const { magic, dimensions, headerLength, size } = readHeader(bytes, name);
  if (magic !== expectedMagic) throw wrongMagic(name, expectedMagic, magic);
  if (bytes.length !== headerLength + size) {
    throw corrupt(
      name,
      `${dimensions.join(' × ')} = ${size} bytes after the header`,
      `${bytes.length - headerLength}`,
    );
  }
  return dimensions;
}

function readHeader(bytes: Uint8Array, name: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length < 4 ? 0 : view.getUint32(0);
  if (!(magic in contents)) throw wrongMagic(name, imageMagic, magic);
  // The rank is the last byte of the magic number.
  const rank = magic & 0xff;
  const headerLength = 4 + 4 * rank;
  if (bytes.length < headerLength) {
    throw corrupt(name, `a header of ${headerLength} bytes`, `${bytes.length} bytes in all`);
  }
  const dimensions = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const size = dimensions.reduce((product, dimension) => product * dimension, 1);
  return { magic, dimensions, headerLength, size };
}

function wrongMagic(name: string, expected: number, found: number): NnError {
  return corrupt(
    name,
    `${contents[expected]}, magic number ${expected}`,
    contents[found] ?? `${found}`,
  );
}

function corrupt(name: string, expected: string, got: string): NnError {
  return new NnError('data-corrupt', `${name}: expected ${expected}, got ${got}`);
}
