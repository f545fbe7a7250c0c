import test from 'ava';
import { render } from '../../src/drawing/render.ts';
import { wear } from '../../src/drawing/wear.ts';
import { Random } from '../../src/random.ts';
import { brush, seven } from './pens.ts';

const kinds = ['blur', 'shake', 'grain', 'dust', 'stain', 'line'] as const;

/** Seeds whose first random number chooses a kind. */
function seedsOf(kind: number, count = 6): number[] {
  return Array.from({ length: 200 }, (_, seed) => seed)
    .filter(seed => new Random(seed).below(kinds.length) === kind)
    .slice(0, count);
}

const manners = [
  { side: 28, size: 20, centre: [14, 14], radius: 1.2, grid: 'none', isSoft: true },
  { side: 61, size: 40, centre: [30, 30], radius: 2, grid: 'none', isSoft: false },
] as const;

for (const [kind, name] of kinds.entries()) {
  test(`${name} changes a copy, the same for the same seed`, t => {
    for (const manner of manners) {
      const picture = render(seven, manner, brush);
      const before = picture.data.slice();
      for (const seed of seedsOf(kind)) {
        const worn = wear(picture, new Random(seed));
        t.deepEqual(picture.data, before);
        t.notDeepEqual(worn.data, before);
        t.deepEqual(wear(picture, new Random(seed)), worn);
        t.like(worn, { width: manner.side, height: manner.side, channels: 1 });
        t.is(worn.data.length, before.length);
      }
    }
  });
}

test('a line only adds ink, over most of the width', t => {
  const picture = render(seven, manners[0], brush);
  for (const seed of seedsOf(kinds.indexOf('line'))) {
    const { data } = wear(picture, new Random(seed));
    t.true(data.every((ink, i) => ink >= picture.data[i]!));
    const columns = [...data.keys()].filter(i => data[i]! > 0).map(i => i % 28);
    t.true(Math.min(...columns) < 5 && Math.max(...columns) > 22);
  }
});
