// Skeleton tracing: recovers strokes from an image by thinning (Zhang and Suen 1984, "A fast parallel
// algorithm for thinning digital patterns") and following the remaining lines.

import { sampleBilinear } from '../../../preprocess/resample.ts';
import type { Point, Stroke } from '../../strokes.ts';

/** Enlargement before thinning, which avoids staircase artefacts. */
const magnification = 2;

/** Pixels with at least this ink, in 0…255, belong to the digit. */
const inkThreshold = 128;

/** Passes of a moving average over each point and its two neighbours. */
const smoothingPasses = 2;

/** Every third smoothed point is kept: their distance of half a pixel is smaller than needed. */
const keptEvery = 3;

/**
 * Traces the skeleton of an image.
 *
 * @param ink [side, side] 0…255
 * @returns strokes in pixels; none for a blank image
 */
export function traceSkeleton(ink: Uint8Array, side: number): Stroke[] {
  const enlargedSide = magnification * side;
  const isInk = enlarge(ink, side);
  thin(isInk, enlargedSide);
  return trace(linkPixels(isInk, enlargedSide));
}

/** Enlarges by bilinear interpolation and applies the threshold; a margin of one pixel stays 0. */
function enlarge(ink: Uint8Array, side: number): Uint8Array {
  const enlargedSide = magnification * side;
  const isInk = new Uint8Array(enlargedSide * enlargedSide);
  const inkAt = (x: number, y: number) =>
    x < 0 || y < 0 || x >= side || y >= side ? 0 : ink[y * side + x]!;
  for (let y = 1; y < enlargedSide - 1; y++) {
    for (let x = 1; x < enlargedSide - 1; x++) {
      const [sourceX, sourceY] = [(x + 0.5) / magnification - 0.5, (y + 0.5) / magnification - 0.5];
      const value = sampleBilinear(inkAt, sourceX, sourceY);
      if (value >= inkThreshold) isInk[y * enlargedSide + x] = 1;
    }
  }
  return isInk;
}

/** Thins every stroke to a line of one pixel, in place. */
function thin(isInk: Uint8Array, side: number): void {
  const around = [-side, -side + 1, 1, side + 1, side, side - 1, -1, -side - 1];
  for (let removed = true; removed; ) {
    removed = false;
    for (const pass of [0, 1]) {
      const removable: number[] = [];
      for (let at = side; at < isInk.length - side; at++) {
        if (isInk[at] === 1 && isRemovable(isInk, at, around, pass)) removable.push(at);
      }
      for (const at of removable) isInk[at] = 0;
      if (removable.length > 0) removed = true;
    }
  }
}

/** The four conditions of Zhang and Suen; neighbours are listed clockwise from the one above. */
function isRemovable(
  isInk: Uint8Array,
  at: number,
  around: readonly number[],
  pass: number,
): boolean {
  let neighbours = 0;
  let rises = 0;
  for (let i = 0; i < 8; i++) {
    const here = isInk[at + around[i]!]!;
    neighbours += here;
    if (here === 0 && isInk[at + around[(i + 1) % 8]!] === 1) rises++;
  }
  if (neighbours < 2 || neighbours > 6 || rises !== 1) return false;
  const [above, right, below, left] = [0, 2, 4, 6].map(i => isInk[at + around[i]!]!);
  return pass === 0
    ? above! * right! * below! === 0 && right! * below! * left! === 0
    : above! * right! * left! === 0 && above! * below! * left! === 0;
}

interface Graph {
  readonly points: readonly Point[];
  /** [points] the indices of each point's neighbours */
  readonly neighbours: readonly (readonly number[])[];
}

/** Links neighbouring pixels; diagonal ones only if no horizontal and vertical step connects them. */
function linkPixels(isInk: Uint8Array, side: number): Graph {
  const numbers = new Map<number, number>();
  const points: Point[] = [];
  for (let at = 0; at < isInk.length; at++) {
    if (isInk[at] !== 1) continue;
    numbers.set(at, points.length);
    points.push([
      ((at % side) + 0.5) / magnification,
      (Math.floor(at / side) + 0.5) / magnification,
    ]);
  }
  const neighbours = points.map((): number[] => []);
  for (const [at, number] of numbers) {
    for (const step of [1, side - 1, side, side + 1]) {
      const other = numbers.get(at + step);
      if (other === undefined) continue;
      const beside = step === side - 1 ? -1 : 1;
      const isDiagonal = step === side - 1 || step === side + 1;
      if (isDiagonal && (numbers.has(at + beside) || numbers.has(at + side))) continue;
      neighbours[number]!.push(other);
      neighbours[other]!.push(number);
    }
  }
  return { points, neighbours };
}

/** Follows strokes from one end or fork to the next, then the remaining rings and dots. */
function trace({ points, neighbours }: Graph): Stroke[] {
  const isDone = new Set<number>();
  const link = (one: number, other: number) =>
    Math.min(one, other) * points.length + Math.max(one, other);
  const strokes: Stroke[] = [];
  const follow = (start: number, next: number) => {
    const path = [start];
    for (let [from, to] = [start, next]; ; ) {
      isDone.add(link(from, to));
      path.push(to);
      const onward = neighbours[to]!.find(other => !isDone.has(link(to, other)));
      if (neighbours[to]!.length !== 2 || onward === undefined) break;
      [from, to] = [to, onward];
    }
    strokes.push(smooth(path.map(i => points[i]!)));
  };
  const followAll = (start: number) => {
    for (const next of neighbours[start]!) if (!isDone.has(link(start, next))) follow(start, next);
  };
  const all = [...points.keys()];
  for (const i of all) if (neighbours[i]!.length !== 2) followAll(i);
  for (const i of all) followAll(i);
  const dots = all.filter(i => neighbours[i]!.length === 0).map((i): Stroke => [points[i]!]);
  return [...strokes, ...dots];
}

/** Smooths and subsamples the points. Ends do not move, so that strokes still meet at forks. */
function smooth(stroke: Stroke): Stroke {
  let moved = stroke;
  for (let time = 0; time < smoothingPasses; time++) {
    moved = moved.map((point, i, all): Point => {
      const [before, after] = [all[i - 1], all[i + 1]];
      if (!before || !after) return point;
      return [(before[0] + point[0] + after[0]) / 3, (before[1] + point[1] + after[1]) / 3];
    });
  }
  return moved.filter((_, i) => i % keptEvery === 0 || i === moved.length - 1);
}
