// The two archive formats of an export: the pictures as they were sent, and the network's inputs as
// IDX files, each with a manifest.

import type { FeedbackEntry, ManifestLine } from '@digits/protocol';
import { toFeedbackEntry } from '../feedback-entry.ts';
import type { Row } from '../row.ts';
import type { Selection } from '../store.ts';
import type { ArchiveFile } from './tar.ts';

const folder = 'feedback';

const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

/** The pictures as they were sent, in one folder for each label. */
export async function* pictureFiles(selection: Selection): AsyncGenerator<ArchiveFile> {
  for await (const row of selection.rows('picture')) {
    const picture = row['picture'] as Uint8Array;
    yield {
      name: `${folder}/${pathOf(row)}`,
      size: picture.length,
      modifiedAt: new Date(row['created_at'] as string),
      chunks: [picture],
    };
  }
  yield await manifest(selection, `${folder}/manifest.jsonl`, row => ({ file: pathOf(row) }));
}

/** The path of a picture, relative to the manifest. */
function pathOf(row: Row): string {
  return `${row['label']}/${row['id']}.${extensions[row['content_type'] as string]}`;
}

const side = 28;

/**
 * The network's inputs in the IDX format of MNIST's training files
 * (http://yann.lecun.com/exdb/mnist, "file formats"), which a training reads directly.
 */
export async function* idxFiles(selection: Selection): AsyncGenerator<ArchiveFile> {
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
  yield await manifest(selection, 'manifest.jsonl', (_row, index) => ({ index }));

  async function* values(header: Buffer, column: string, bytesOf: (value: unknown) => Uint8Array) {
    yield header;
    for await (const row of selection.rows(column)) yield bytesOf(row[column]);
  }
}

/** Two zero bytes, the type "unsigned byte", the rank, then each dimension as a big-endian uint32. */
function idxHeader(...dimensions: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.set([0, 0, 0x08, dimensions.length]);
  for (const [i, dimension] of dimensions.entries()) header.writeUInt32BE(dimension, 4 + 4 * i);
  return header;
}

/** Where the picture of a line is: its place in the IDX files, or its path. */
type Location = Pick<ManifestLine, 'index'> | { readonly file: string };

/** A line of either manifest: the whole entry, of which a training reads a `ManifestLine`. */
type ExportedLine = Location & FeedbackEntry & Pick<ManifestLine, 'preprocessing'>;

/**
 * manifest.jsonl: one line of metadata for each picture.
 *
 * @param locate the location of the i-th row's picture
 */
async function manifest(
  selection: Selection,
  name: string,
  locate: (row: Row, i: number) => Location,
): Promise<ArchiveFile> {
  async function* lines(): AsyncGenerator<Buffer> {
    let i = 0;
    for await (const row of selection.rows('preprocessing')) {
      const preprocessing = row['preprocessing'] as string;
      const line: ExportedLine = { ...locate(row, i++), ...toFeedbackEntry(row), preprocessing };
      yield Buffer.from(`${JSON.stringify(line)}\n`);
    }
  }

  // A tar header precedes the file and has its size, so the lines are generated twice: kept in
  // memory, they could exceed it.
  let size = 0;
  for await (const line of lines()) size += line.length;
  return { name, size, modifiedAt: selection.latest, chunks: lines() };
}
