// Grain and dust: islands of ink too small to be a part of the digit. One of them far from the digit
// would make the digit's box as large as the picture.

import type { Box } from './bounds.ts';
import { type Island, removeIsland } from './islands.ts';
import type { Plane } from './picture.ts';

/** Of the largest island's ink. A stroke that came apart is far more, a speck far less. */
const leastShare = 0.02;

/** A clean drawing's speck is one only so far from the digit, as a share of the picture's side. */
const leastDistance = 0.1;

/** More grains of dust than these were not drawn one by one. */
const mostMeant = 3;

/** A grain of dust has no more pixels. */
const dustPixels = 2;

/**
 * Takes the specks out of a plane of ink, in place.
 *
 * @param isClean only what lies apart from the largest island is a speck: in a drawing without
 * noise any other dot was meant, if they are few
 */
export function removeSpecks(ink: Plane, islands: readonly Island[], isClean: boolean): void {
  if (islands.length < 2) return;
  const largest = islands.reduce((most, island) => (island.mass > most.mass ? island : most));
  const distance = leastDistance * Math.max(ink.width, ink.height);
  const isDusty = islands.filter(({ pixels }) => pixels.length <= dustPixels).length > mostMeant;
  const areMeant = isClean && !isDusty;
  const specks = islands.filter(
    ({ mass, pixels }) =>
      mass < leastShare * largest.mass || (isDusty && pixels.length <= dustPixels),
  );
  for (const island of specks) {
    if (areMeant && gapBetween(island.box, largest.box) < distance) continue;
    removeIsland(ink, island);
  }
}

/** Pixels between two boxes, the longer way; 0 where they overlap. */
function gapBetween(one: Box, other: Box): number {
  const across = Math.max(one.left - other.right, other.left - one.right);
  const down = Math.max(one.top - other.bottom, other.top - one.bottom);
  return Math.max(0, across, down);
}
