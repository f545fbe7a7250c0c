// A picture's strokes without their thickness: the path that a pen may have taken. Thinning after
// Zhang and Suen 1984, "A fast parallel algorithm for thinning digital patterns".

import type { Point, Stroke } from '../../strokes.ts';

/** Pixels are cut in so many a side first, for a path without steps. */
const detail = 2;

/** Ink from which a pixel belongs to the digit, 0…255. */
const threshold = 128;

/** Times that every point moves to the middle of itself and its neighbours. */
const smoothings = 2;

/** Of the smoothed points one in so many is kept: half a pixel apart is more than a pen needs. */
const kept = 3;

/**
 * @param ink [side, side] 0…255
 * @returns in pixels; none for a blank picture
 */
export function traceSkeleton(ink: Uint8Array, side: number): Stroke[] {
  const fine = detail * side;
  const isInk = enlarge(ink, side);
  thin(isInk, fine);
  return trace(linkPixels(isInk, fine));
}

/** Bilinear, with a margin of a pixel that stays free. */
function enlarge(ink: Uint8Array, side: number): Uint8Array {
  const fine = detail * side;
  const isInk = new Uint8Array(fine * fine);
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= side || y >= side ? 0 : ink[y * side + x]!;
  for (let y = 1; y < fine - 1; y++) {
    for (let x = 1; x < fine - 1; x++) {
      const [sx, sy] = [(x + 0.5) / detail - 0.5, (y + 0.5) / detail - 0.5];
      const [left, top] = [Math.floor(sx), Math.floor(sy)];
      const [wx, wy] = [sx - left, sy - top];
      const value =
        (1 - wy) * ((1 - wx) * at(left, top) + wx * at(left + 1, top)) +
        wy * ((1 - wx) * at(left, top + 1) + wx * at(left + 1, top + 1));
      if (value >= threshold) isInk[y * fine + x] = 1;
    }
  }
  return isInk;
}

/** Takes pixels off both sides of every stroke until lines of one pixel are left, in place. */
function thin(isInk: Uint8Array, side: number): void {
  const around = [-side, -side + 1, 1, side + 1, side, side - 1, -1, -side - 1];
  for (let removed = true; removed; ) {
    removed = false;
    for (const pass of [0, 1]) {
      const gone: number[] = [];
      for (let at = side; at < isInk.length - side; at++) {
        if (isInk[at] === 1 && isRemovable(isInk, at, around, pass)) gone.push(at);
      }
      for (const at of gone) isInk[at] = 0;
      if (gone.length > 0) removed = true;
    }
  }
}

/** The four conditions of the paper; neighbours clockwise from the one above. */
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
  /** [points] the points that each is linked with */
  readonly neighbours: readonly (readonly number[])[];
}

/** Neighbours are linked; diagonal ones only where no straight way leads around the corner. */
function linkPixels(isInk: Uint8Array, side: number): Graph {
  const numbers = new Map<number, number>();
  const points: Point[] = [];
  for (let at = 0; at < isInk.length; at++) {
    if (isInk[at] !== 1) continue;
    numbers.set(at, points.length);
    points.push([((at % side) + 0.5) / detail, (Math.floor(at / side) + 0.5) / detail]);
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

/** Strokes from one end or fork to the next, and what is left then: rings and dots. */
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

/** Ends stay where they are: strokes would get shorter, and come apart at forks. */
function smooth(stroke: Stroke): Stroke {
  let moved = stroke;
  for (let time = 0; time < smoothings; time++) {
    moved = moved.map((point, i, all): Point => {
      const [before, after] = [all[i - 1], all[i + 1]];
      if (!before || !after) return point;
      return [(before[0] + point[0] + after[0]) / 3, (before[1] + point[1] + after[1]) / 3];
    });
  }
  return moved.filter((_, i) => i % kept === 0 || i === moved.length - 1);
}
