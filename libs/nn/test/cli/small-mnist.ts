// A data folder that trains in a second: the first images of MNIST.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { idxFiles } from '../../src/data/idx-folder.ts';
import { mnistFolder } from '../../src/data/mnist.ts';
import { idxBytes, imageMagic, labelMagic } from '../data/idx-bytes.ts';

const pixels = 28 * 28;

/** Writes the four files, `training` and `test` images in them. */
export async function writeSmallMnist(folder: string, { training = 3600, test = 200 } = {}) {
  await mkdir(folder, { recursive: true });
  const parts = [
    [idxFiles.trainingImages, idxFiles.trainingLabels, training],
    [idxFiles.testImages, idxFiles.testLabels, test],
  ] as const;
  for (const [images, labels, count] of parts) {
    const imageBytes = (await readFile(join(mnistFolder(), images))).subarray(16);
    const labelBytes = (await readFile(join(mnistFolder(), labels))).subarray(8);
    const size = [count, 28, 28];
    const picked = imageBytes.subarray(0, count * pixels);
    await writeFile(join(folder, images), idxBytes(imageMagic, size, picked));
    await writeFile(
      join(folder, labels),
      idxBytes(labelMagic, [count], labelBytes.subarray(0, count)),
    );
  }
}
