// An archive of the pictures as the network saw them, in the IDX format of MNIST's training files
// (http://yann.lecun.com/exdb/mnist, "file formats"), which training takes as they are.

import type { ArchiveFile } from './archive-entry.ts';
import { manifestOf } from './manifest.ts';
import type { Selection } from './selection.ts';

const side = 28;

export function* idxFiles(selection: Selection): Generator<ArchiveFile> {
  const { count, latest } = selection;
  const images = idxHeader(count, side, side);
  const labels = idxHeader(count);
  yield {
    name: 'train-images-idx3-ubyte',
    size: images.length + count * side * side,
    modifiedAt: latest,
    chunks: values(images, 'seen', seen => seen as Uint8Array),
  };
  yield {
    name: 'train-labels-idx1-ubyte',
    size: labels.length + count,
    modifiedAt: latest,
    chunks: values(labels, 'label', label => Uint8Array.of(Number(label))),
  };
  yield manifestOf(selection, 'manifest.jsonl', (_row, index) => ({ index }));

  function* values(header: Buffer, column: string, bytesOf: (value: unknown) => Uint8Array) {
    yield header;
    for (const row of selection.rows(column)) yield bytesOf(row[column]);
  }
}

/** 0, 0, unsigned bytes, rank; then each dimension as a big-endian uint32. */
function idxHeader(...dimensions: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.set([0, 0, 0x08, dimensions.length]);
  for (const [i, dimension] of dimensions.entries()) header.writeUInt32BE(dimension, 4 + 4 * i);
  return header;
}
