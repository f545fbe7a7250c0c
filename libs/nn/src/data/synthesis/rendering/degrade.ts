// Image degradation: blur, motion blur, noise, blotches and lines, as in photographs and scans.

import { between, type Random, within } from '../../../engine/random.ts';
import type { Picture } from '../../../preprocess/picture.ts';
import type { Point } from '../../strokes.ts';
import type { Drawing } from '../strokes/transform.ts';
import { rasterize } from './rasterize.ts';

/** Applies one degradation of random kind and strength. @param picture of one channel; not changed */
export function degrade(picture: Picture, random: Random): Picture {
  const change = degradations[random.below(degradations.length)]!;
  return { ...picture, data: change(picture, random) };
}

const degradations: readonly ((picture: Picture, random: Random) => Uint8Array)[] = [
  blur,
  motionBlur,
  glassBlur,
  gaussianNoise,
  saltAndPepper,
  blotches,
  straightLine,
  zigzag,
];

/** Repeated box blur of 3×3 pixels, with more passes in larger pictures. */
function blur({ width, height, data }: Picture, random: Random): Uint8Array {
  const times = 1 + random.below(Math.ceil(width / 28) + 1);
  let blurred = data;
  for (let time = 0; time < times; time++) blurred = boxBlur(blurred, width, height);
  return blurred;
}

function boxBlur(data: Uint8Array, width: number, height: number): Uint8Array {
  const inkAt = inkOrNone(data, width, height);
  return data.map((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    let sum = 0;
    for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) sum += inkAt(x + dx, y + dy);
    return sum / 9;
  });
}

/** @returns the ink at any coordinates; 0 outside the picture */
function inkOrNone(data: Uint8Array, width: number, height: number) {
  return (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : data[y * width + x]!;
}

/** Every pixel becomes the mean along a segment of random direction. */
function motionBlur({ width, height, data }: Picture, random: Random): Uint8Array {
  const reach = (width / 28) * between(0.7, 3, random);
  const direction = within(Math.PI, random);
  const [dx, dy] = [Math.cos(direction), Math.sin(direction)];
  const steps = Math.ceil(reach);
  const inkAt = inkOrNone(data, width, height);
  return data.map((_, i) => {
    let sum = 0;
    for (let step = -steps; step <= steps; step++) {
      const along = (reach * step) / steps;
      sum += inkAt(
        Math.round((i % width) + along * dx),
        Math.round(Math.floor(i / width) + along * dy),
      );
    }
    return sum / (2 * steps + 1);
  });
}

/** Moves every pixel to a random position nearby, like frosted glass; then a box blur. */
function glassBlur({ width, height, data }: Picture, random: Random): Uint8Array {
  const reach = (1 + random.below(2)) * Math.ceil(width / 56);
  const clamp = (value: number, length: number) => Math.min(length - 1, Math.max(0, value));
  const jittered = data.map((_, i) => {
    const x = clamp((i % width) + random.below(2 * reach + 1) - reach, width);
    const y = clamp(Math.floor(i / width) + random.below(2 * reach + 1) - reach, height);
    return data[y * width + x]!;
  });
  return boxBlur(jittered, width, height);
}

/** Additive Gaussian noise, like that of a camera sensor in low light. */
function gaussianNoise({ data }: Picture, random: Random): Uint8Array {
  const deviation = between(8, 60, random);
  return data.map(value => Math.min(255, Math.max(0, value + deviation * random.normal())));
}

/** Impulse noise: single pixels become 0 or 255. */
function saltAndPepper({ data }: Picture, random: Random): Uint8Array {
  const fraction = between(0.005, 0.2, random);
  return data.map(value => (random.uniform() < fraction ? 255 * random.below(2) : value));
}

/** Faint discs of ink, and a quarter as many discs of paper that cover ink. */
function blotches({ width, data }: Picture, random: Random): Uint8Array {
  const blotched = data.slice();
  const count = 3 + random.below(12);
  for (let blotch = 0; blotch < count; blotch++) {
    const ink = random.uniform() < 0.25 ? 0 : between(30, 130, random);
    const [x, y] = [width * random.uniform(), width * random.uniform()];
    const radius = (width / 28) * between(0.7, 2.5, random);
    const isPaper = ink === 0;
    for (const [i, value] of blotched.entries()) {
      if (Math.hypot((i % width) - x, Math.floor(i / width) - y) > radius) continue;
      blotched[i] = isPaper ? 0 : Math.max(value, ink);
    }
  }
  return blotched;
}

/** A straight line from the left edge to the right. */
function straightLine(picture: Picture, random: Random): Uint8Array {
  const { width, height } = picture;
  const [from, to] = [height * random.uniform(), height * random.uniform()];
  return drawOver(picture, [[[0, from] as const, [width - 1, to] as const]], random);
}

/** A zigzag line over most of the width. */
function zigzag(picture: Picture, random: Random): Uint8Array {
  const { width, height } = picture;
  const [from, to] = [height * random.uniform(), height * random.uniform()];
  const segments = 6 + random.below(10);
  const rise = between(0.03, 0.1, random) * height;
  const [start, end] = [between(0, 0.12, random), between(0.88, 1, random)];
  const path = Array.from({ length: segments + 1 }, (_, i): Point => {
    const along = start + ((end - start) * i) / segments;
    return [along * (width - 1), from + along * (to - from) + (i % 2 === 0 ? rise : -rise)];
  });
  return drawOver(picture, [path], random);
}

/** Draws lines over the picture, solid or dotted. */
function drawOver({ width, data }: Picture, lines: Drawing, random: Random): Uint8Array {
  const radius = (width / 28) * between(0.4, 1, random);
  const ink = rasterize(lines, width, { radius, isSoft: true });
  const gap = random.uniform() < 0.5 ? 0 : Math.ceil((width / 28) * (1 + random.below(2)));
  return data.map((value, i) => {
    const isGap = gap > 0 && Math.floor((i % width) / gap) % 2 === 1;
    return isGap ? value : Math.max(value, ink[i]!);
  });
}
