// Joins rectangles, so that few are drawn.

import type { Part } from './glyph-shapes.ts';

/** Joins neighbours in a row; the rectangles are in the order of reading. */
export function joinedAcross(rectangles: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const [left, top, width, height] of rectangles) {
    const last = joined.at(-1);
    if (last && last[1] === top && last[3] === height && last[0] + last[2] === left) {
      joined[joined.length - 1] = [last[0], top, last[2] + width, height];
    } else joined.push([left, top, width, height]);
  }
  return joined;
}

/** Joins neighbours in a column that are equally wide; the rectangles are in the order of reading. */
export function joinedDown(rectangles: readonly Part[]): Part[] {
  const byLowerEdge = new Map<string, Part>();
  for (const [left, top, width, height] of rectangles) {
    const key = `${left} ${width} ${top}`;
    const above = byLowerEdge.get(key);
    byLowerEdge.delete(key);
    const joined: Part = above
      ? [left, above[1], width, above[3] + height]
      : [left, top, width, height];
    byLowerEdge.set(`${left} ${width} ${joined[1] + joined[3]}`, joined);
  }
  return [...byLowerEdge.values()];
}
