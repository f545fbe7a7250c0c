import test from 'ava';
import { prepareDrawings, prepareSamples } from '../../src/data/prepare-samples.ts';
import { outlierLabel } from '../../src/data/samples.ts';
import { rasterize } from '../../src/data/synthesis/rendering/rasterize.ts';
import { preprocess } from '../../src/preprocess/preprocess.ts';

/** Two pictures of 3×5: a bar of two pixels, and nothing. */
const dataset = {
  name: 'tiny',
  count: 2,
  rows: 3,
  columns: 5,
  pixels: Uint8Array.from([0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 0, 0, 0, ...Array(15).fill(0)]),
  labels: Uint8Array.of(1, 0),
};

test('a data set is preprocessed, and a blank picture becomes zeros', t => {
  const { count, size, inputs } = prepareSamples(dataset);
  t.is(count, 2);
  const inked = inputs.subarray(0, size).filter(value => value > 0).length;
  t.is(inked, 20 * 10, 'fitted into 20 pixels, keeping two to one');
  t.true(inputs.subarray(size).every(value => value === 0));
});

/** A line across the picture. */
function line(radius: number) {
  const data = rasterize(
    [
      [
        [10, 9],
        [31, 40],
      ],
    ],
    47,
    { radius, isSoft: true },
  );
  return { width: 47, height: 47, channels: 1, data } as const;
}

const blank = { width: 3, height: 5, channels: 1, data: new Uint8Array(15) } as const;

test('drawings become network inputs, and outliers get the outlier label', t => {
  const samples = prepareDrawings([
    { picture: line(2), label: 1 },
    { picture: line(5), label: undefined },
  ]);
  t.like(samples, { count: 2, size: 784, labels: Uint8Array.of(1, outlierLabel) });
  const expected = [line(2), line(5)].flatMap(picture =>
    [...preprocess(picture)!].map(value => Math.round(255 * value)),
  );
  t.deepEqual([...samples.inputs], expected);
});

test('blank drawings are left out', t => {
  const samples = prepareDrawings([
    { picture: blank, label: 3 },
    { picture: line(2), label: 7 },
    { picture: blank, label: undefined },
  ]);
  t.deepEqual([...samples.labels], [7]);
  t.is(samples.inputs.length, 784);
});

test('no drawings give no samples', t => {
  t.like(prepareDrawings([]), { count: 0, size: 784 });
});
