// Finds a sheet: the largest region with straight edges, lighter or darker than what surrounds it, that
// holds something of another shade. It is paper on a desk, a card, a board, an image box in a figure, a window.

import { minContrast } from '../border.ts';
import type { Box, Plane } from '../picture.ts';
import { areaOf, convexHull, type Edge, edgesOf, rowInside } from './convex-polygon.ts';
import { findRegions, type Region, spannedPixels, thresholdsOf } from './regions.ts';

/** The outline of a sheet. */
export interface Sheet {
  /** of a convex polygon */
  readonly edges: readonly Edge[];
  /** width of the rim that belongs to the blurred edge rather than to the sheet, in pixels */
  readonly margin: number;
}

// The limits were chosen on 1,100 rendered photographs and screenshots of 29 kinds by validation writers, such
// that drawings and photographs of paper alone come out as before (docs/experiments.md, Sheets).

/** Minimum and maximum area, as fractions of the picture. */
const minAreaFraction = 0.04;
const maxAreaFraction = 0.96;

/** Minimum fraction of its hull that a region spans: its outline is convex, with or without holes. */
const minSolidity = 0.92;

/** Maximum distance of the outline from its straight edges, as a fraction of √area and in pixels. */
const edgeTolerance = { fraction: 0.025, minPixels: 1.2 } as const;

/** Minimum number of edges in the picture: a single one may be a line across a page. */
const minEdges = 2;

/** The four longest edges' minimum fraction of the outline: rounded corners have 0.84, an ellipse 0.45. */
const minStraightFraction = 0.8;

/** The rim's width, as a fraction of √area and in pixels. */
const rim = { fraction: 0.03, minPixels: 2 } as const;

/** Minimum fraction of the outline with visible contrast from one side of the rim to the other. */
const minSteepFraction = 0.75;

/** Minimum and maximum fraction of the sheet that is ink. */
const minInkFraction = 0.002;
const maxInkFraction = 0.4;

/** Minimum longest side of the ink's box, as a fraction of √area. */
const minInkExtent = 0.12;

/** Maximum ink along the rim, as a fraction of √area: a digit lies within its sheet. */
const maxInkAtRim = 0.03;

/** Minimum fraction of their box that holes fill, and maximum ratio of the walls around it. */
const minHoleFill = 0.7;
const maxWallRatio = 1.5;

/** Finds a sheet in a plane of at most some hundred pixels a side. */
export function findSheet(plane: Plane): Sheet | undefined {
  let minArea = minAreaFraction * plane.values.length;
  let largest: Sheet | undefined;
  for (const threshold of thresholdsOf(plane)) {
    for (const sign of [1, -1] as const) {
      const minPixels = (1 - maxInkFraction) * minArea;
      for (const region of findRegions(plane, { threshold, sign }, minPixels)) {
        const hull = convexHull(region.rows.starts, region.rows.ends);
        const area = areaOf(hull);
        if (area <= minArea || area > maxAreaFraction * plane.values.length) continue;
        if (!isSolid(region, area)) continue;
        const size = Math.sqrt(area);
        const sheet = {
          edges: edgesOf(hull, atLeast(edgeTolerance, size), plane),
          margin: atLeast(rim, size),
        };
        if (!isStraight(sheet) || !isSteep(sheet, plane, sign)) continue;
        if (!holdsInk(sheet, plane, region, size)) continue;
        largest = sheet;
        minArea = area;
      }
    }
  }
  return largest;
}

function atLeast(limit: { readonly fraction: number; readonly minPixels: number }, size: number) {
  return Math.max(limit.minPixels, limit.fraction * size);
}

function isSolid({ rows, columns }: Region, area: number): boolean {
  return Math.min(spannedPixels(rows), spannedPixels(columns)) >= minSolidity * area;
}

function isStraight({ edges }: Sheet): boolean {
  const lengths = edges.filter(edge => !edge.isCutOff).map(({ length }) => length);
  const sum = (some: readonly number[]) => some.reduce((total, length) => total + length, 0);
  const longest = lengths.toSorted((a, b) => b - a).slice(0, 4);
  return longest.length >= minEdges && sum(longest) >= minStraightFraction * sum(lengths);
}

/** Whether the grey level changes across the outline, unlike that of a gradual shadow. */
function isSteep({ edges, margin }: Sheet, plane: Plane, sign: 1 | -1): boolean {
  let [steep, count] = [0, 0];
  for (const { from, to, length, isCutOff } of edges) {
    if (isCutOff) continue;
    const [dx, dy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
    for (let along = 0.5; along < length; along++) {
      const valueAt = (inwards: number) =>
        nearest(plane, from[0] + along * dx - inwards * dy, from[1] + along * dy + inwards * dx);
      if (sign * (valueAt(margin) - valueAt(-margin)) >= minContrast) steep++;
      count++;
    }
  }
  return steep >= minSteepFraction * count;
}

function nearest({ width, height, values }: Plane, x: number, y: number): number {
  const column = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const row = Math.min(height - 1, Math.max(0, Math.floor(y)));
  return values[row * width + column]!;
}

/** Whether the sheet holds something of another shade that is no hole of a thick digit. */
function holdsInk(
  sheet: Sheet,
  { width, height, values }: Plane,
  { threshold, sign }: Region,
  size: number,
): boolean {
  const rows = Array.from({ length: height }, (_, y) =>
    rowInside(sheet.edges, sheet.margin, y, width),
  );
  const isRim = (x: number, y: number) => {
    const [start, end] = rows[y] ?? [0, width];
    return x < start || x >= end;
  };
  let [pixels, ink, atRim] = [0, 0, 0];
  let box: Box = { left: width, top: height, right: 0, bottom: 0 };
  for (const [y, [start, end]] of rows.entries()) {
    pixels += end - start;
    for (let x = start; x < end; x++) {
      if (sign * (values[y * width + x]! - threshold) > 0) continue;
      ink++;
      box = including(box, x, y);
      const isBesideRim =
        (x === start && x > 0) ||
        (x === end - 1 && x < width - 1) ||
        isRim(x, y - 1) ||
        isRim(x, y + 1);
      if (isBesideRim) atRim++;
    }
  }
  if (ink < minInkFraction * pixels || ink > maxInkFraction * pixels) return false;
  const extent = Math.max(box.right - box.left, box.bottom - box.top);
  if (extent < minInkExtent * size || atRim > maxInkAtRim * size) return false;
  return !isHole(box, ink, boxOf(rows), sheet.margin);
}

/** Whether the ink is rather the hole of an angular 0 or 8: it fills its box, and the walls are even. */
function isHole(box: Box, ink: number, inner: Box, margin: number): boolean {
  if (ink < minHoleFill * (box.right - box.left) * (box.bottom - box.top)) return false;
  const walls = [
    box.left - inner.left,
    box.top - inner.top,
    inner.right - box.right,
    inner.bottom - box.bottom,
  ].map(distance => margin + distance);
  return Math.max(...walls) <= maxWallRatio * Math.min(...walls);
}

function boxOf(rows: readonly (readonly [start: number, end: number])[]): Box {
  const inside = rows.filter(([, end]) => end > 0);
  const top = rows.findIndex(([, end]) => end > 0);
  return {
    left: Math.min(...inside.map(([start]) => start)),
    right: Math.max(...inside.map(([, end]) => end)),
    top,
    bottom: top + inside.length,
  };
}

function including({ left, top, right, bottom }: Box, x: number, y: number): Box {
  return {
    left: Math.min(left, x),
    top: Math.min(top, y),
    right: Math.max(right, x + 1),
    bottom: Math.max(bottom, y + 1),
  };
}
