// Regions of a plane: connected pixels (4-connectivity) that are all lighter, or all darker, than a
// threshold, for every threshold that separates something.

import type { Plane } from '../picture.ts';

/** A connected region on one side of a threshold. */
export interface Region {
  readonly threshold: number;
  /** 1: the region is lighter than the threshold; −1: darker */
  readonly sign: 1 | -1;
  readonly rows: Extents;
  readonly columns: Extents;
}

/** The first pixel of a region in each row (or column), and one past the last; start ≥ end if there is none. */
export interface Extents {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Number of thresholds, evenly spaced over the grey levels. */
const levelCount = 9;

/** A threshold is skipped if fewer pixels than this fraction changed sides since the last one. */
const minChangedFraction = 0.01;

/** The thresholds between the darkest and the lightest pixel; few if most pixels have one of two shades. */
export function thresholdsOf({ values }: Plane): number[] {
  let [darkest, lightest] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < darkest) darkest = values[i]!;
    if (values[i]! > lightest) lightest = values[i]!;
  }
  const step = (lightest - darkest) / (levelCount + 1);
  if (step === 0) return [];
  const counts = new Uint32Array(levelCount + 2);
  for (let i = 0; i < values.length; i++) counts[Math.floor((values[i]! - darkest) / step)]!++;
  const thresholds: number[] = [];
  let changed = Infinity;
  for (let level = 1; level <= levelCount; level++) {
    changed += counts[level - 1]!;
    const isLast = level === levelCount;
    if (changed < minChangedFraction * values.length && !isLast) continue;
    thresholds.push(darkest + level * step);
    changed = 0;
  }
  return thresholds;
}

/** Pixels of one row on one side of the threshold, between pixels on the other side. */
interface Run {
  readonly row: number;
  readonly start: number;
  readonly end: number;
  /** index of a run of the same region; that of the region's first run is its own */
  parent: number;
}

/** Finds the regions of at least `minPixels` on one side of a threshold. */
export function findRegions(
  plane: Plane,
  side: Pick<Region, 'threshold' | 'sign'>,
  minPixels: number,
): Region[] {
  const runs = connectedRuns(plane, side);
  const pixels = new Map<number, number>();
  for (const [i, { start, end }] of runs.entries()) {
    const root = rootOf(runs, i);
    pixels.set(root, (pixels.get(root) ?? 0) + end - start);
  }
  return [...pixels]
    .filter(([, count]) => count >= minPixels)
    .map(([root]) => {
      const own = runs.filter((_, i) => rootOf(runs, i) === root);
      return { ...side, ...extentsOf(own, plane) };
    });
}

/** The runs of all rows; those of a region have the same root. */
function connectedRuns(
  { width, height, values }: Plane,
  { threshold, sign }: Pick<Region, 'threshold' | 'sign'>,
): Run[] {
  const runs: Run[] = [];
  let above = 0;
  for (let row = 0; row < height; row++) {
    const first = runs.length;
    const line = row * width;
    for (let x = 0; x < width; x++) {
      if (sign * (values[line + x]! - threshold) <= 0) continue;
      const start = x;
      while (x < width && sign * (values[line + x]! - threshold) > 0) x++;
      const at = runs.push({ row, start, end: x, parent: runs.length }) - 1;
      while (above < first && runs[above]!.end <= start) above++;
      for (let i = above; i < first && runs[i]!.start < x; i++) {
        runs[rootOf(runs, i)]!.parent = rootOf(runs, at);
      }
    }
    above = first;
  }
  return runs;
}

/** Follows the parents to the root, and shortens the way to it. */
function rootOf(runs: readonly Run[], index: number): number {
  let at = index;
  for (let run = runs[at]!; run.parent !== at; run = runs[at]!) {
    run.parent = runs[run.parent]!.parent;
    at = run.parent;
  }
  return at;
}

function extentsOf(runs: readonly Run[], { width, height }: Plane) {
  const rows = { starts: new Int32Array(height).fill(width), ends: new Int32Array(height) };
  const columns = { starts: new Int32Array(width).fill(height), ends: new Int32Array(width) };
  for (const { row, start, end } of runs) {
    rows.starts[row] = Math.min(rows.starts[row]!, start);
    rows.ends[row] = Math.max(rows.ends[row]!, end);
    for (let x = start; x < end; x++) {
      if (row < columns.starts[x]!) columns.starts[x] = row;
      columns.ends[x] = row + 1;
    }
  }
  return { rows, columns };
}

/** The number of pixels between the starts and the ends. */
export function spannedPixels({ starts, ends }: Extents): number {
  let sum = 0;
  for (let i = 0; i < starts.length; i++) sum += Math.max(0, ends[i]! - starts[i]!);
  return sum;
}
