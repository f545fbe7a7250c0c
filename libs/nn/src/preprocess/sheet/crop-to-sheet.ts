// Crops a picture to the sheet that it shows, so that the steps after this one see nothing else.

import type { Plane } from '../picture.ts';
import { rowInside } from './convex-polygon.ts';
import { findSheet, type Sheet } from './find-sheet.ts';

/**
 * Smaller pictures are drawings. The pictures that networks are trained on have up to 96 pixels a side, so
 * this step changes none of them.
 */
const minSidePixels = 100;

/** Maximum side of the reduced plane that is searched: enough for the edges, and fast. */
const searchSidePixels = 128;

/** Sheets may lie within each other: an image box in a figure in a window with a title. */
const maxDepth = 3;

/**
 * Crops to the sheet, and to the sheets within it.
 *
 * @returns the same object if the picture shows no sheet
 */
export function cropToSheet(plane: Plane): Plane {
  let cropped = plane;
  for (let depth = 0; depth < maxDepth; depth++) {
    const longestSide = Math.max(cropped.width, cropped.height);
    if (longestSide < minSidePixels) return cropped;
    const block = Math.ceil(longestSide / searchSidePixels);
    const sheet = findSheet(blockMeans(cropped, block));
    if (!sheet) return cropped;
    cropped = cutOut(cropped, enlarged(sheet, block));
  }
  return cropped;
}

/** Reduces a plane to the means of square blocks; a remainder at the right and below is left out. */
function blockMeans(plane: Plane, block: number): Plane {
  if (block === 1) return plane;
  const [width, height] = [Math.floor(plane.width / block), Math.floor(plane.height / block)];
  const values = new Float32Array(width * height);
  for (let y = 0; y < height * block; y++) {
    const row = Math.floor(y / block) * width;
    let at = y * plane.width;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (const end = at + block; at < end; at++) sum += plane.values[at]!;
      values[row + x]! += sum / (block * block);
    }
  }
  return { width, height, values };
}

function enlarged({ edges, margin }: Sheet, scale: number): Sheet {
  const scaled = ([x, y]: readonly [number, number]) => [x * scale, y * scale] as const;
  return {
    edges: edges.map(({ from, to, length, isCutOff }) => ({
      from: scaled(from),
      to: scaled(to),
      length: length * scale,
      isCutOff,
    })),
    margin: margin * scale,
  };
}

/** The sheet's bounding box; beside a tilted sheet, each row continues with the sheet's last pixel in it. */
function cutOut({ width, height, values }: Plane, { edges, margin }: Sheet): Plane {
  const rows = Array.from({ length: height }, (_, y) => rowInside(edges, margin, y, width));
  const top = rows.findIndex(([, end]) => end > 0);
  const inside = rows.filter(([, end]) => end > 0);
  const left = Math.min(...inside.map(([start]) => start));
  const right = Math.max(...inside.map(([, end]) => end));
  const cut = new Float32Array(inside.length * (right - left));
  for (const [i, [start, end]] of inside.entries()) {
    const from = (top + i) * width;
    const row = cut.subarray(i * (right - left), (i + 1) * (right - left));
    row.fill(values[from + start]!, 0, start - left);
    row.set(values.subarray(from + start, from + end), start - left);
    row.fill(values[from + end - 1]!, end - left);
  }
  return { width: right - left, height: inside.length, values: cut };
}
