// The sets that a model is evaluated on, and the pens that draw some of them.

import test from 'ava';
import { outlierLabel } from '../../../src/data/samples.ts';
import { styleFamilies } from '../../../src/data/synthesis/families/style-families.ts';
import { canvasSide } from '../../../src/data/synthesis/rendering/render.ts';
import { Random } from '../../../src/engine/random.ts';
import {
  countEvaluationSets,
  evaluationSets,
} from '../../../src/evaluation/sets/evaluation-sets.ts';
import { appBrush, pens, thinLine } from '../../../src/evaluation/sets/pens.ts';
import { brush, dataset, sourcesOf, strokesFile } from './sources.ts';

const sets = [...evaluationSets(sourcesOf())];

test('test images come first, then validation images, corruptions, drawings, styles, outliers', t => {
  t.deepEqual(
    [...Map.groupBy(sets, ({ group }) => group)].map(([group, { length }]) => [group, length]),
    [
      ['test', 1],
      ['validation', 1],
      ['corruption', 13],
      ['drawings', 5],
      ['styles', styleFamilies.length],
      ['no-digits', 3],
    ],
  );
  t.is(sets[0]!.name, 'bars test images');
});

test('the names of the sets are unique', t => {
  t.is(new Set(sets.map(({ name }) => name)).size, sets.length);
});

test('only outliers have the outlier label', t => {
  for (const { group, samples } of sets) {
    t.true(samples.count > 0);
    t.true(
      [...samples.labels].every(label => (label === outlierLabel) === (group === 'no-digits')),
    );
  }
});

test('drawings are by held-out writers, with their number', t => {
  const drawn = sets.filter(({ name }) => name.startsWith('digits, '));
  t.is(drawn.length, 5);
  for (const { writers, samples } of drawn) {
    t.is(writers, 1);
    t.deepEqual([...samples.labels], [3, 5]);
  }
});

test('the digits of every style are of its class, and each differs from the others', t => {
  const styles = sets.filter(({ group }) => group === 'styles');
  for (const [i, { name, samples }] of styles.entries()) {
    t.is(name, styleFamilies[i]!.name);
    t.deepEqual([...samples.labels], Array(3).fill(styleFamilies[i]!.label));
    const pictures = [0, 1, 2].map(k => samples.inputs.subarray(k * 784, (k + 1) * 784).toString());
    t.is(new Set(pictures).size, 3, name);
  }
});

test('every corruption changes all images differently', t => {
  const corrupted = sets.filter(({ group }) => group === 'corruption');
  t.true(corrupted.every(({ samples }) => samples.count === 11));
  t.is(new Set(corrupted.map(({ samples }) => samples.inputs.toString())).size > 8, true);
});

test('the same seed makes the same sets, another seed different ones', t => {
  t.deepEqual([...evaluationSets(sourcesOf())], sets);
  const others = [...evaluationSets(sourcesOf({ seed: 2 }))];
  t.deepEqual(others[0], sets[0]);
  const changed = others.filter((set, i) => {
    return set.samples.inputs.toString() !== sets[i]!.samples.inputs.toString();
  });
  t.true(changed.length > 12, `${changed.length}`);
});

test('without drawings there are only images', t => {
  const groups = [...evaluationSets(sourcesOf({ drawn: null }))].map(({ group }) => group);
  t.deepEqual([...new Set(groups)], ['test', 'validation', 'corruption']);
});

test('the number of sets is known before they are made', t => {
  t.is(countEvaluationSets(sourcesOf()), sets.length);
});

test('images of another size are not corrupted', t => {
  const data = {
    training: dataset('training', 24, 7),
    test: dataset('test', 5, 7),
    digests: {},
    isTransposed: false,
  };
  const sources = sourcesOf({ data, drawn: null });
  t.is([...evaluationSets(sources)].length, 2);
  t.is(countEvaluationSets(sources), 2);
});

test('a file of too few writers makes no set', t => {
  const few = strokesFile('few', [1]);
  const drawings = few.drawings.filter(({ writer }) => writer < 'e');
  const sources = sourcesOf({
    drawn: { strokes: [{ ...few, drawings }], brush, outlierCount: 1, styleCount: 1 },
  });
  const made = [...evaluationSets(sources)];
  t.false(made.some(({ name }) => name.startsWith('few')));
  t.is(countEvaluationSets(sources), made.length);
});

test('the last tenth of further pictures is a set of drawings', t => {
  const pictures = [{ name: 'bitmaps', pictures: dataset('bitmaps', 25, 32), digests: {} }];
  const counts = { outlierCount: 1, styleCount: 1 };
  const sources = sourcesOf({ drawn: { strokes: [], pictures, brush, ...counts } });
  const made = [...evaluationSets(sources)];
  const set = made.find(({ name }) => name === 'bitmaps, pictures')!;
  t.like(set, { group: 'drawings', writers: null });
  t.deepEqual([...set.samples.labels], [2, 3, 4]);
  t.is(countEvaluationSets(sources), made.length);
});

test('without recordings the synthetic outliers use the test images’ digits', t => {
  const drawn = { strokes: [], brush, styleCount: 1 };
  const made = [...evaluationSets(sourcesOf({ drawn }))].at(-1)!;
  t.is(made.group, 'no-digits');
  t.is(made.writers, null);
  t.is(made.samples.count, 2000);
});

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
