// A small data set in IDX files: each digit is a bar at a place of its own.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const side = 28;
const barWidth = 2;

/** Writes the four files into a folder. */
export function writeSmallDataSet(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, count] of [
    ['train', 600],
    ['t10k', 100],
  ] as const) {
    const images = Buffer.concat([header(2051, count, side, side), ...picturesOf(count)]);
    const labels = Buffer.from(Array.from({ length: count }, (_, i) => i % 10));
    writeFileSync(join(folder, `${name}-images-idx3-ubyte`), images);
    writeFileSync(
      join(folder, `${name}-labels-idx1-ubyte`),
      Buffer.concat([header(2049, count), labels]),
    );
  }
}

/** 32-bit numbers, most significant byte first. */
function header(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [i, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * i);
  return bytes;
}

function picturesOf(count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => {
    const picture = Buffer.alloc(side * side);
    const left = 4 + (i % 10) * barWidth;
    // No two pictures are equal.
    for (let y = 4; y < 24; y++)
      picture.fill(155 + ((7 * i + y) % 100), y * side + left, y * side + left + barWidth);
    return picture;
  });
}
