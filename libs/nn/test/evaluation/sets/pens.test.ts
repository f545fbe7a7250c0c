import test from 'ava';
import { canvasSide } from '../../../src/data/synthesis/rendering/render.ts';
import { Random } from '../../../src/engine/random.ts';
import { appBrush, pens, thinLine } from '../../../src/evaluation/sets/pens.ts';
import { brush } from './sources.ts';

/** A diagonal in the upper left of the box. */
const diagonal = [
  [
    [0.2, 0.1],
    [0.6, 0.5],
  ] as const,
];
const seeds = Array.from({ length: 40 }, (_, i) => i);

test('the app’s brush draws at the recorded place', t => {
  const { width, data } = appBrush.draw(diagonal, brush, new Random(1));
  t.is(width, canvasSide);
  const inkAt = (x: number, y: number) => data[y * canvasSide + x]!;
  t.true(inkAt(5, 2) > 200 && inkAt(11, 8) > 200 && inkAt(16, 13) > 200);
  t.is(inkAt(20, 20), 0);
});

test('a one-pixel line has no grey, has both polarities and stays on the grid', t => {
  const longest = seeds.map(seed => {
    const { data } = thinLine.draw(diagonal, brush, new Random(seed));
    t.true(data.every(value => value === 0 || value === 255));
    const paper = data.filter(value => value === 255).length > 392 ? 255 : 0;
    const ink = [...data.keys()].filter(i => data[i] !== paper);
    const columns = ink.map(i => i % canvasSide);
    return { paper, length: Math.max(...columns) - Math.min(...columns) + 1 };
  });
  t.is(new Set(longest.map(({ paper }) => paper)).size, 2);
  // Half-block cells are two pixels high, so a line may lose one of its ends.
  t.true(longest.every(({ length }) => length >= 10 && length <= canvasSide));
  t.true(longest.some(({ length }) => length < 14) && longest.some(({ length }) => length > 24));
});

for (const pen of pens.slice(1)) {
  test(`${pen.name} always leaves ink and paper`, t => {
    for (const seed of seeds) {
      const { width, height, data } = pen.draw(diagonal, brush, new Random(seed));
      t.is(data.length, width * height);
      t.true(data.includes(0) && data.includes(255), `seed ${seed}`);
    }
  });
}

test('another program’s canvas is larger than the grid', t => {
  t.is(pens.at(-1)!.draw(diagonal, brush, new Random(1)).width, 200);
});
