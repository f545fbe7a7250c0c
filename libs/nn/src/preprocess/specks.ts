// Grain and dust on a photograph: islands of ink too small to be a part of the digit. One of them
// far from the digit would make the digit's box as large as the picture.
import type { Plane } from './picture.ts';

/** Of the largest island's ink. A stroke that came apart is far more, a speck far less. */
const leastShare = 0.02;

/** Takes the specks out of a plane of ink, in place. */
export function removeSpecks(ink: Plane): void {
  const islands = findIslands(ink);
  const largest = islands.reduce((most, { mass }) => Math.max(most, mass), 0);
  for (const { pixels, mass } of islands) {
    if (mass >= leastShare * largest) continue;
    for (const pixel of pixels) ink.values[pixel] = 0;
  }
}

interface Island {
  /** Indices into the plane. */
  readonly pixels: readonly number[];
  /** The sum of their ink. */
  readonly mass: number;
}

/** Pixels with ink that touch one another, if only at a corner. */
function findIslands({ width, height, values }: Plane): Island[] {
  const isFree = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) isFree[i] = values[i]! > 0 ? 1 : 0;
  const islands: Island[] = [];
  for (let start = isFree.indexOf(1); start !== -1; start = isFree.indexOf(1, start)) {
    isFree[start] = 0;
    const pixels = [start];
    let mass = 0;
    // The list grows while it is gone through.
    for (const pixel of pixels) {
      mass += values[pixel]!;
      const x = pixel % width;
      const y = (pixel - x) / width;
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const neighbour = row * width + column;
          if (isFree[neighbour] === 0) continue;
          isFree[neighbour] = 0;
          pixels.push(neighbour);
        }
      }
    }
    islands.push({ pixels, mass });
  }
  return islands;
}
