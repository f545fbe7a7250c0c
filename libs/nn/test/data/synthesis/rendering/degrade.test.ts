import test from 'ava';
import { degrade } from '../../../../src/data/synthesis/rendering/degrade.ts';
import { render } from '../../../../src/data/synthesis/rendering/render.ts';
import { Random } from '../../../../src/engine/random.ts';
import { brush, seven } from '../drawings.ts';

const kinds = [
  'blur',
  'motion blur',
  'glass blur',
  'gaussian noise',
  'salt and pepper',
  'blotches',
  'straight line',
  'zigzag',
] as const;

/** Seeds whose first random number chooses a kind. */
function seedsOf(kind: number, count = 6): number[] {
  return Array.from({ length: 200 }, (_, seed) => seed)
    .filter(seed => new Random(seed).below(kinds.length) === kind)
    .slice(0, count);
}

const styles = [
  { side: 28, size: 20, centre: [14, 14], radius: 1.2, grid: 'none', isSoft: true },
  { side: 61, size: 40, centre: [30, 30], radius: 2, grid: 'none', isSoft: false },
] as const;

for (const [kind, name] of kinds.entries()) {
  test(`${name} changes a copy, the same for the same seed`, t => {
    for (const style of styles) {
      const picture = render(seven, style, brush);
      const before = picture.data.slice();
      for (const seed of seedsOf(kind)) {
        const degraded = degrade(picture, new Random(seed));
        t.deepEqual(picture.data, before);
        t.notDeepEqual(degraded.data, before);
        t.deepEqual(degrade(picture, new Random(seed)), degraded);
        t.like(degraded, { width: style.side, height: style.side, channels: 1 });
        t.is(degraded.data.length, before.length);
      }
    }
  });
}

for (const name of ['straight line', 'zigzag'] as const) {
  test(`a ${name} only adds ink, over most of the width`, t => {
    const picture = render(seven, styles[0], brush);
    for (const seed of seedsOf(kinds.indexOf(name))) {
      const { data } = degrade(picture, new Random(seed));
      t.true(data.every((ink, i) => ink >= picture.data[i]!));
      const columns = [...data.keys()].filter(i => data[i]! > 0).map(i => i % 28);
      t.true(Math.min(...columns) < 6 && Math.max(...columns) > 21);
    }
  });
}

test('motion blur spreads ink along one direction', t => {
  const dot = { width: 29, height: 29, channels: 1, data: new Uint8Array(29 * 29) } as const;
  dot.data[14 * 29 + 14] = 255;
  for (const seed of seedsOf(kinds.indexOf('motion blur'))) {
    const { data } = degrade(dot, new Random(seed));
    const inked = [...data.keys()].filter(i => data[i]! > 0);
    const offsets = inked.map(i => [(i % 29) - 14, Math.floor(i / 29) - 14] as const);
    const distances = offsets.map(([x, y]) => Math.hypot(x, y));
    const [endX, endY] = offsets[distances.indexOf(Math.max(...distances))]!;
    const length = Math.hypot(endX, endY);
    t.true(length >= 1);
    for (const [x, y] of offsets) t.true(Math.abs(x * endY - y * endX) / length <= 1);
  }
});
