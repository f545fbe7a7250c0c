// Simple images to corrupt.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mnistFolder } from '../../../src/data/mnist.ts';
import { side } from '../../../src/evaluation/corruptions/corruption.ts';

export function pictureWhere(isLight: (x: number, y: number) => boolean, light = 255): Uint8Array {
  return Uint8Array.from({ length: side * side }, (_, i) =>
    isLight(i % side, Math.floor(i / side)) ? light : 0,
  );
}

/** The first of MNIST's test images, a seven. */
export async function readSeven(): Promise<Uint8Array> {
  const file = await readFile(join(mnistFolder(), 't10k-images-idx3-ubyte'));
  return new Uint8Array(file.subarray(16, 16 + side * side));
}

export function sumOf(picture: Uint8Array): number {
  return picture.reduce((sum, value) => sum + value, 0);
}

/** The centre of mass of the light, in pixels. */
export function centreOf(picture: Uint8Array): { x: number; y: number } {
  let [x, y] = [0, 0];
  for (const [i, value] of picture.entries()) {
    x += value * (i % side);
    y += value * Math.floor(i / side);
  }
  return { x: x / sumOf(picture), y: y / sumOf(picture) };
}

/** The first and last rows and columns with light. */
export function boundsOf(picture: Uint8Array) {
  const lit = [...picture.keys()].filter(i => picture[i]! > 0);
  const xs = lit.map(i => i % side);
  const ys = lit.map(i => Math.floor(i / side));
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}
