// A small data folder: the first images of MNIST.

import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { idxFiles } from '../../../src/data/idx-names.ts';
import { mnistFolder } from '../../../src/data/mnist.ts';
import { idxBytes, imageMagic, labelMagic } from '../../data/idx-bytes.ts';

const pixels = 28 * 28;

/** Writes the four files, `training` and `test` images in them. */
export async function writeSmallMnist(folder: string, { training = 3600, test = 200 } = {}) {
  await mkdir(folder, { recursive: true });
  const parts = [
    [idxFiles.trainingImages, idxFiles.trainingLabels, training],
    [idxFiles.testImages, idxFiles.testLabels, test],
  ] as const;
  for (const [images, labels, count] of parts) {
    const imageBytes = await readPart(images, 16, count * pixels);
    const labelBytes = await readPart(labels, 8, count);
    await writeFile(join(folder, images), idxBytes(imageMagic, [count, 28, 28], imageBytes));
    await writeFile(join(folder, labels), idxBytes(labelMagic, [count], labelBytes));
  }
}

/** Reads a part of a file of MNIST; the largest has 47 MB. */
export async function readPart(name: string, start: number, length: number): Promise<Buffer> {
  const file = await open(join(mnistFolder(), name));
  try {
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, start);
    return buffer;
  } finally {
    await file.close();
  }
}
