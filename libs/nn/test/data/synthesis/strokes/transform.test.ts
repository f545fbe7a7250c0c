import test from 'ava';
import {
  boundingBoxOf,
  mapPoints,
  normalise,
  perturbStrokes,
  roundCorners,
} from '../../../../src/data/synthesis/strokes/transform.ts';
import { Random } from '../../../../src/engine/random.ts';
import { seven, zero } from '../drawings.ts';

const range = { rotation: 0.2, slant: 0.25, aspect: 0.25, wobble: 0.03 } as const;

test('the bounding box contains every point of every stroke', t => {
  const drawing = [
    [
      [3, 5],
      [7, -1],
    ],
    [[-2, 4]],
  ] as const;
  t.deepEqual(boundingBoxOf(drawing), { left: -2, top: -1, width: 9, height: 6 });
});

test('a normalised drawing has longest side 1 and centre 0, wherever it was', t => {
  const far = mapPoints(seven, (x, y) => [100 - 30 * x, 7 + 30 * y]);
  const { left, top, width, height } = boundingBoxOf(normalise(far));
  t.true(Math.abs(height - 1) < 1e-9);
  t.true(Math.abs(left + width / 2) < 1e-9 && Math.abs(top + height / 2) < 1e-9);
  t.true(Math.abs(width - 0.5 / 0.7) < 1e-9, 'the proportion stays');
});

test('a dot stays a dot', t => {
  t.deepEqual(normalise([[[3, 5]]]), [[[0, 0]]]);
});

test('a perturbation with bounds of 0 changes nothing', t => {
  const still = { rotation: 0, slant: 0, aspect: 0, wobble: 0 };
  t.deepEqual(perturbStrokes(seven, still, new Random(1)), seven);
});

test('the same seed gives the same perturbation, another seed another', t => {
  const drawn = (seed: number) => perturbStrokes(seven, range, new Random(seed));
  t.deepEqual(drawn(1), drawn(1));
  t.notDeepEqual(drawn(1), drawn(2));
});

test('points that meet still meet, and no point moves far', t => {
  const drawing = normalise(zero);
  for (let seed = 0; seed < 50; seed++) {
    const [stroke] = perturbStrokes(drawing, range, new Random(seed));
    const ends = [stroke!.at(0)!, stroke!.at(-1)!] as const;
    t.true(Math.hypot(ends[0][0] - ends[1][0], ends[0][1] - ends[1][1]) < 1e-9);
    for (const [i, [x, y]] of stroke!.entries()) {
      const [before, above] = drawing[0]![i]!;
      t.true(Math.hypot(x - before, y - above) < 0.4);
    }
  }
});

test('a corner is cut and the ends stay; a repeated corner is kept', t => {
  const cut = roundCorners([
    [0, 0],
    [4, 0],
    [4, 4],
  ]);
  t.deepEqual(cut, [
    [0, 0],
    [1, 0],
    [3, 0],
    [4, 1],
    [4, 3],
    [4, 4],
  ]);
  const sharp = roundCorners([
    [0, 0],
    [4, 0],
    [4, 0],
    [4, 4],
  ]);
  t.true(sharp.some(([x, y]) => x === 4 && y === 0));
});
