// A folder of bilevel pictures of 32×32: upright bars of growing height, labelled 0 to 9 in rotation.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { idxBytes, imageMagic, labelMagic } from '../../data/idx-bytes.ts';

const side = 32;

/** Writes the images and the labels; there is no test set. */
export async function writePictures(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const pixels = Array.from({ length: count * side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side) % side];
    const height = 8 + (Math.floor(i / (side * side)) % 20);
    return x > 13 && x < 17 && y > 3 && y <= 3 + height ? 255 : 0;
  });
  const labels = Array.from({ length: count }, (_, i) => i % 10);
  const images = idxBytes(imageMagic, [count, side, side], pixels);
  await writeFile(join(folder, 'train-images-idx3-ubyte'), images);
  await writeFile(join(folder, 'train-labels-idx1-ubyte'), idxBytes(labelMagic, [count], labels));
}
