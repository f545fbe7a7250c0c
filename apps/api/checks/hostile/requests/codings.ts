// Compressed bodies, valid or mutated, with the coding that they name or with another one.

import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Random } from '../random.ts';
import { mutateBytes } from './bytes.ts';
import type { Draft } from './routes.ts';

const codings = [
  ['gzip', gzipSync],
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
] as const;

const names = ['x-gzip', 'GZIP', 'gzip, gzip', 'deflate, gzip', 'identity', 'zstd', '*', ''];

/** Inflates to a thousand times its length, above the limit of every route. */
const bomb = Buffer.alloc(20_000_000);

/** Some requests, with their body compressed. */
export function compressSome(draft: Draft, random: Random): Draft {
  if (draft.body === undefined || !random.chance(0.05)) return draft;
  const [name, compress] = random.pick(codings);
  const compressed = random.weighted<() => Buffer>([
    [20, () => compress(draft.body!)],
    [5, () => mutateBytes(compress(draft.body!), random)],
    [2, () => compress(draft.body!).subarray(0, random.below(40))],
    [2, () => Buffer.concat([compress(draft.body!), random.bytes(random.below(40))])],
    [1, () => Buffer.concat(Array(1 + random.below(2000)).fill(gzipSync('')))],
    [0.2, () => gzipSync(bomb)],
  ])();
  const coding = random.chance(0.9) ? name : random.pick(names);
  return { ...draft, headers: [...draft.headers, ['Content-Encoding', coding]], body: compressed };
}
