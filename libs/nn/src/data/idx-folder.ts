// Loads the four IDX files of MNIST, Fashion-MNIST, EMNIST's digits and other data sets.

import { basename, resolve } from 'node:path';
import { promisify } from 'node:util';
import { constants, gunzip, type ZlibOptions } from 'node:zlib';
import { readRegularFile } from '@digits/files';
import { NnError } from '../errors.ts';
import { sha256Of } from '../sha256.ts';
import { type Dataset, datasetFromIdx, type NamedBytes, transposed } from './dataset.ts';
import { claimedIdxBytes, maxIdxBytes } from './idx.ts';
import { findIdxFiles, type IdxRole, idxFiles } from './idx-names.ts';

/** The data sets of a folder. */
export interface DataFolder {
  readonly training: Dataset;
  readonly test: Dataset;
  /** whether the images were stored by columns, as EMNIST's, and have been turned upright */
  readonly isTransposed: boolean;
  /** SHA-256 of each file's unpacked bytes, by the file's name without folder */
  readonly digests: Readonly<Record<string, string>>;
}

/** Enough of a gzipped file to contain the header of the file in it. */
const packedHeadBytes = 1024;

/**
 * Loads the training and the test set of a folder. EMNIST's images, which are stored by columns, are turned
 * upright.
 *
 * @param path as for `findIdxFiles`
 * @throws NnError `data-missing` if a file cannot be read, `data-corrupt` if one is malformed,
 * `data-unsupported` for the label 255, `data-mismatch` if images and labels, or training and test
 * images, do not match, or the folder has several data sets
 */
export async function loadIdxFolder(path: string): Promise<DataFolder> {
  const roles = Object.keys(idxFiles) as IdxRole[];
  const { isTransposed, paths } = await findIdxFiles(path, roles);
  const files = await Promise.all(roles.map(role => readIdxFile(paths[role])));
  const [trainingImages, trainingLabels, testImages, testLabels] = files;
  // Only the folder's name: it is written to model files and reports, which must not reveal local paths.
  const name = basename(resolve(path));
  const training = datasetFromIdx(`${name} training images`, trainingImages!, trainingLabels!);
  const test = datasetFromIdx(`${name} test images`, testImages!, testLabels!);
  if (training.rows !== test.rows || training.columns !== test.columns) {
    throw new NnError(
      'data-mismatch',
      `${path}: training images are ${training.rows}×${training.columns}, test images ` +
        `${test.rows}×${test.columns}: expected equal sizes`,
    );
  }
  const digests = Object.fromEntries(
    files.map(file => [basename(file.name, '.gz'), sha256Of(file.bytes)]),
  );
  const upright = isTransposed ? transposed : (stored: Dataset) => stored;
  return { training: upright(training), test: upright(test), digests, isTransposed };
}

/**
 * Reads a file, and unpacks it if its name ends with .gz.
 *
 * @throws NnError `data-missing` if it cannot be read, `data-corrupt` if it is too large or malformed
 */
export async function readIdxFile(name: string): Promise<NamedBytes> {
  const bytes = await readRegularFile(name, maxIdxBytes).catch(cause => {
    throw new NnError(
      cause.code === 'file-too-large' ? 'data-corrupt' : 'data-missing',
      `${name} cannot be read: ${messageOf(cause)}`,
      { cause },
    );
  });
  return { name, bytes: /\.gz$/i.test(name) ? await unpack(bytes, name) : bytes };
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
