// Mutations of bytes that know no structure. They also follow those that do, with corrected checksums
// or without.

import type { Random } from '../random.ts';

export type Mutate = (bytes: Buffer, random: Random) => Buffer;

const flip: Mutate = (bytes, random) => {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy[random.below(copy.length)]! ^= 1 << random.below(8);
  return copy;
};

const overwrite: Mutate = (bytes, random) => {
  const copy = Buffer.from(bytes);
  const start = random.below(copy.length);
  copy.set(random.bytes(1 + random.below(8)).subarray(0, copy.length - start), start);
  return copy;
};

/** Lengths and sizes that overflow, or that are one too many. */
const extremes = [
  0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff,
];

const overwriteNumber: Mutate = (bytes, random) => {
  const copy = Buffer.from(bytes);
  if (copy.length < 4) return copy;
  const start = random.below(copy.length - 3);
  const value = random.pick(extremes);
  if (random.chance(0.5)) copy.writeUInt32BE(value, start);
  else copy.writeUInt32LE(value, start);
  return copy;
};

const insert: Mutate = (bytes, random) => {
  const start = random.below(bytes.length + 1);
  const content = random.bytes(1 + random.below(40));
  return Buffer.concat([bytes.subarray(0, start), content, bytes.subarray(start)]);
};

const cutOut: Mutate = (bytes, random) => {
  const [start, end] = span(bytes, random);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
};

const cutOff: Mutate = (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1));

const double: Mutate = (bytes, random) => {
  const [start, end] = span(bytes, random);
  const place = random.below(bytes.length + 1);
  const piece = bytes.subarray(start, end);
  return Buffer.concat([bytes.subarray(0, place), piece, bytes.subarray(place)]);
};

/** At most an eighth of the bytes. */
function span(bytes: Buffer, random: Random): [start: number, end: number] {
  const start = random.below(bytes.length + 1);
  return [start, start + random.below((bytes.length - start) / 8 + 1)];
}

const mutations = [flip, flip, overwrite, overwriteNumber, insert, cutOut, cutOff, double];

/** One to four of them. */
export const mutateBytes: Mutate = (bytes, random) => {
  let mutated = bytes;
  for (let left = 1 + random.below(4); left > 0; left--) {
    mutated = random.pick(mutations)(mutated, random);
  }
  return mutated;
};

/** Another order, without some of the parts or with some twice. */
export function rearrange<T>(parts: readonly T[], random: Random): T[] {
  const list = [...parts];
  const at = random.below(list.length);
  const change = random.below(3);
  if (change === 0) list.splice(at, 1);
  else if (change === 1) list.splice(random.below(list.length + 1), 0, ...list.slice(at, at + 1));
  else list.splice(random.below(list.length), 0, ...list.splice(at, 1));
  return list;
}
