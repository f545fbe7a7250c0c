// Further pictures of digits, of any size: folders with an IDX file of images and one of labels, and their split
// in the order of the file.

import { basename, resolve } from 'node:path';
import { NnError } from '../errors.ts';
import { sha256Of } from '../sha256.ts';
import { checkDigits } from './data-form.ts';
import { type Dataset, datasetFromIdx, sliceDataset, transposed } from './dataset.ts';
import { readIdxFile } from './idx-folder.ts';
import { findIdxFiles } from './idx-names.ts';

/** The pictures of one folder. */
export interface PictureFolder {
  /** the folder's name, without its path */
  readonly name: string;
  /** in the order of the file */
  readonly pictures: Dataset;
  /** SHA-256 of each file's unpacked bytes, by the names of folder and file */
  readonly digests: Readonly<Record<string, string>>;
}

/**
 * Loads the training images and labels of each folder; a test set beside them is ignored.
 *
 * @param folders as for `findIdxFiles`
 * @throws NnError what `loadIdxFolder` throws, and `data-mismatch` for fewer than ten pictures, or for two
 * folders of the same name
 */
export async function loadPictures(folders: readonly string[]): Promise<PictureFolder[]> {
  const loaded = await Promise.all(folders.map(loadPictureFolder));
  for (const [i, { name }] of loaded.entries()) {
    if (loaded.findIndex(other => other.name === name) === i) continue;
    throw new NnError(
      'data-mismatch',
      `two folders of pictures are named ${name}: rename one, because figures are reported by this name`,
    );
  }
  return loaded;
}

async function loadPictureFolder(path: string): Promise<PictureFolder> {
  const { paths, isTransposed } = await findIdxFiles(path, ['trainingImages', 'trainingLabels']);
  const images = await readIdxFile(paths.trainingImages);
  const labels = await readIdxFile(paths.trainingLabels);
  const name = basename(resolve(path));
  const pictures = datasetFromIdx(`${name} pictures`, images, labels);
  checkDigits(pictures.name, pictures.labels);
  if (pictures.count < minPictures) {
    throw new NnError(
      'data-mismatch',
      `${path}: ${pictures.count} pictures, expected at least ${minPictures}, to hold some of them out`,
    );
  }
  return {
    name,
    pictures: isTransposed ? transposed(pictures) : pictures,
    digests: Object.fromEntries(
      [images, labels].map(file => [`${name}/${basename(file.name, '.gz')}`, sha256Of(file.bytes)]),
    ),
  };
}

/** SHA-256 of the files of all folders, by the names of folder and file. */
export function pictureDigests(folders: readonly PictureFolder[]): Record<string, string> {
  return Object.assign({}, ...folders.map(({ digests }) => digests));
}

/** Pictures split in the order of their file. */
export interface PictureSplit {
  readonly training: Dataset;
  /** for choosing hyperparameters, thresholds and temperature */
  readonly validation: Dataset;
  /** for evaluation only */
  readonly heldOut: Dataset;
}

/** The last tenth is held out, and the tenth before it is for validation. */
const minPictures = 10;

/** Splits pictures in their order, because writers follow one another in such files. */
export function splitInOrder({ pictures }: PictureFolder): PictureSplit {
  const { count } = pictures;
  const [validation, heldOut] = [Math.floor(0.8 * count), Math.floor(0.9 * count)];
  return {
    training: sliceDataset(pictures, 0, validation),
    validation: sliceDataset(pictures, validation, heldOut),
    heldOut: sliceDataset(pictures, heldOut, count),
  };
}
