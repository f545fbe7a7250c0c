// Loads a folder of four IDX files, plain or gzipped, in the layout of MNIST, Fashion-MNIST and
// other data sets of up to ten classes.

import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { constants, gunzip, type ZlibOptions } from 'node:zlib';
import { readRegularFile } from '@digits/files';
import { NnError } from '../errors.ts';
import { sha256Of } from '../sha256.ts';
import { type Dataset, datasetFromIdx, type NamedBytes } from './dataset.ts';
import { claimedIdxBytes, maxIdxBytes } from './idx.ts';

/** Names of the four files; each may also be gzipped, with the suffix .gz. */
export const idxFiles = {
  trainingImages: 'train-images-idx3-ubyte',
  trainingLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
} as const;

/** The data sets of a folder. */
export interface DataFolder {
  readonly training: Dataset;
  readonly test: Dataset;
  /** SHA-256 of each file's unpacked bytes, by the file's name without folder */
  readonly digests: Readonly<Record<string, string>>;
}

/** Enough of a gzipped file to contain the header of the file in it. */
const packedHeadBytes = 1024;

/**
 * Loads the training and the test set of a folder.
 *
 * @throws NnError `data-missing` if a file cannot be read, `data-corrupt` if one is malformed,
 * `data-mismatch` if images and labels, or training and test images, do not match
 */
export async function loadIdxFolder(folder: string): Promise<DataFolder> {
  const [trainingImages, trainingLabels, testImages, testLabels] = await Promise.all(
    Object.values(idxFiles).map(file => readIdxFile(folder, file)),
  );
  // Only the folder's name: it is written to model files and reports, which must not reveal local paths.
  const name = basename(resolve(folder));
  const training = datasetFromIdx(`${name} training images`, trainingImages!, trainingLabels!);
  const test = datasetFromIdx(`${name} test images`, testImages!, testLabels!);
  if (training.rows !== test.rows || training.columns !== test.columns) {
    throw new NnError(
      'data-mismatch',
      `${folder}: training images are ${training.rows}×${training.columns}, test images ` +
        `${test.rows}×${test.columns}: expected equal sizes`,
    );
  }
  const files = [trainingImages!, trainingLabels!, testImages!, testLabels!];
  const digests = Object.fromEntries(
    Object.values(idxFiles).map((file, i) => [file, sha256Of(files[i]!.bytes)]),
  );
  return { training, test, digests };
}

/** Reads a file, or unpacks its gzipped version with the suffix .gz. */
async function readIdxFile(folder: string, file: string): Promise<NamedBytes> {
  const name = join(folder, file);
  const plain = await readIfPresent(name);
  if (plain) return { name, bytes: plain };
  const packed = await readIfPresent(`${name}.gz`);
  if (!packed) {
    throw new NnError(
      'data-missing',
      `${name} cannot be read, nor ${file}.gz: a data folder contains ` +
        Object.values(idxFiles).join(', '),
    );
  }
  return { name, bytes: await unpack(packed, `${name}.gz`) };
}

/** Unpacks as many bytes as the file's header claims, because a few kilobytes can unpack to gigabytes. */
async function unpack(packed: Buffer, name: string): Promise<Buffer> {
  const inflate = (bytes: Buffer, options: ZlibOptions) =>
    promisify(gunzip)(bytes, options).catch(cause => {
      const reason =
        cause.code === 'ERR_BUFFER_TOO_LARGE' ? 'more bytes than claimed' : cause.message;
      throw new NnError('data-corrupt', `${name} cannot be unpacked: ${reason}`, { cause });
    });
  const head = packed.subarray(0, packedHeadBytes);
  const claimed = claimedIdxBytes(
    await inflate(head, { finishFlush: constants.Z_SYNC_FLUSH }),
    name,
  );
  return inflate(packed, { maxOutputLength: claimed });
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  try {
    return await readRegularFile(path, maxIdxBytes);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new NnError(
      code === 'file-too-large' ? 'data-corrupt' : 'data-missing',
      `${path} cannot be read: ${messageOf(cause)}`,
      { cause },
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
