// Property tests: any picture gives a valid network input or is blank.

import test from 'ava';
import fc from 'fast-check';
import type { Picture } from '../../src/preprocess/picture.ts';
import { networkInputs } from '../../src/preprocess/picture.ts';
import { preprocess } from '../../src/preprocess/preprocess.ts';

const sides = fc.integer({ min: 1, max: 31 });

/** Any bytes, a few shades in runs, or one shade with something on it: noise alone is mostly blank. */
function bytes(length: number): fc.Arbitrary<Uint8Array> {
  const runs = fc.tuple(
    fc.uint8Array({ minLength: 1, maxLength: 5 }),
    fc.integer({ min: 1, max: 60 }),
  );
  const spots = fc.tuple(
    fc.nat({ max: 255 }),
    fc.array(fc.tuple(fc.nat({ max: length - 1 }), fc.nat({ max: 255 })), { maxLength: 60 }),
  );
  return fc.oneof(
    fc.uint8Array({ minLength: length, maxLength: length }),
    runs.map(([shades, run]) =>
      Uint8Array.from({ length }, (_, i) => shades[Math.floor(i / run) % shades.length]!),
    ),
    spots.map(([paper, ink]) => {
      const data = new Uint8Array(length).fill(paper);
      for (const [at, value] of ink) data[at] = value;
      return data;
    }),
  );
}

const pictures: fc.Arbitrary<Picture> = fc
  .tuple(sides, sides, fc.constantFrom(1 as const, 2 as const))
  .chain(([width, height, channels]) =>
    bytes(width * height * channels).map(data => ({ width, height, channels, data })),
  );

test('any picture is blank, or 784 values of ink in 0…1 that are not all 0', t => {
  const property = fc.property(pictures, picture => {
    const ink = preprocess(picture);
    if (ink === undefined) return true;
    const isInk = ink.every(value => value >= 0 && value <= 1);
    return isInk && ink.length === networkInputs && Math.max(...ink) > 0;
  });
  t.notThrows(() => fc.assert(property, { numRuns: 700 }));
});
