// What happens to a picture between the pen and the program: blur, grain, dust, stains, a line across.
import type { Point } from '../data/strokes.ts';
import type { Picture } from '../preprocess/picture.ts';
import { between, type Random, within } from '../random.ts';

import { paint } from './paint.ts';

/** Some wear of a random kind and strength. @param picture of one channel; not changed */
export function wear(picture: Picture, random: Random): Picture {
  const change = kinds[random.below(kinds.length)]!;
  return { ...picture, data: change(picture, random) };
}

const kinds: readonly ((picture: Picture, random: Random) => Uint8Array)[] = [
  blur,
  shake,
  grain,
  dust,
  stain,
  line,
];

/** A box of three pixels, some times over; more on larger paper. */
function blur({ width, height, data }: Picture, random: Random): Uint8Array {
  const times = 1 + random.below(Math.ceil(width / 28) + 1);
  let blurred = data;
  for (let time = 0; time < times; time++) blurred = boxBlur(blurred, width, height);
  return blurred;
}

function boxBlur(data: Uint8Array, width: number, height: number): Uint8Array {
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : data[y * width + x]!;
  return data.map((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    let sum = 0;
    for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) sum += at(x + dx, y + dy);
    return sum / 9;
  });
}

/** Every pixel from a random place nearby, as through frosted glass, and blurred. */
function shake({ width, height, data }: Picture, random: Random): Uint8Array {
  const reach = (1 + random.below(2)) * Math.ceil(width / 56);
  const clamp = (value: number, length: number) => Math.min(length - 1, Math.max(0, value));
  const shaken = data.map((_, i) => {
    const x = clamp((i % width) + random.below(2 * reach + 1) - reach, width);
    const y = clamp(Math.floor(i / width) + random.below(2 * reach + 1) - reach, height);
    return data[y * width + x]!;
  });
  return boxBlur(shaken, width, height);
}

/** Noise everywhere, as of a sensor in the dark. */
function grain({ data }: Picture, random: Random): Uint8Array {
  const deviation = between(8, 60, random);
  return data.map(value => Math.min(255, Math.max(0, value + deviation * random.normal())));
}

/** Single pixels of ink, and of paper in the ink. */
function dust({ data }: Picture, random: Random): Uint8Array {
  const share = between(0.005, 0.15, random);
  return data.map(value => (random.uniform() < share ? 255 * random.below(2) : value));
}

/** A few faint spots, and spots of paper on the ink. */
function stain({ width, data }: Picture, random: Random): Uint8Array {
  const stained = data.slice();
  const count = 3 + random.below(12);
  for (let spot = 0; spot < count; spot++) {
    const ink = random.uniform() < 0.25 ? 0 : between(30, 130, random);
    const [x, y] = [width * random.uniform(), width * random.uniform()];
    const reach = (width / 28) * between(0.7, 2.5, random);
    const isCover = ink === 0;
    for (const [i, value] of stained.entries()) {
      if (Math.hypot((i % width) - x, Math.floor(i / width) - y) > reach) continue;
      stained[i] = isCover ? 0 : Math.max(value, ink);
    }
  }
  return stained;
}

/** A line from one edge to another: straight or a zigzag, whole or dotted. */
function line({ width, height, data }: Picture, random: Random): Uint8Array {
  const [from, to] = [height * random.uniform(), height * random.uniform()];
  const teeth = random.uniform() < 0.4 ? 6 + random.below(10) : 1;
  const rise = teeth > 1 ? within(0.1, random) * height : 0;
  const path = Array.from({ length: teeth + 1 }, (_, i): Point => {
    const along = i / teeth;
    return [along * (width - 1), from + along * (to - from) + (i % 2 === 0 ? rise : -rise)];
  });
  const radius = (width / 28) * between(0.4, 1, random);
  const ink = paint([path], width, { radius, isSoft: true });
  const gap = random.uniform() < 0.5 ? 0 : Math.ceil((width / 28) * (1 + random.below(2)));
  return data.map((value, i) => {
    const isGap = gap > 0 && Math.floor((i % width) / gap) % 2 === 1;
    return isGap ? value : Math.max(value, ink[i]!);
  });
}
