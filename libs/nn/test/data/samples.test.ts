// Samples: how they are prepared from pictures and drawings, joined, selected and gathered.

import test from 'ava';
import { prepareDrawings, prepareSamples } from '../../src/data/prepare-samples.ts';
import {
  gatherBatch,
  joinSamples,
  outlierLabel,
  type Samples,
  selectSamples,
  shuffledOrder,
} from '../../src/data/samples.ts';
import { rasterize } from '../../src/data/synthesis/rendering/rasterize.ts';
import { Random } from '../../src/engine/random.ts';
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

test('a batch holds the chosen samples in the given order, as 0…1', t => {
  const samples = {
    count: 3,
    size: 2,
    inputs: Uint8Array.of(0, 51, 102, 153, 204, 255),
    labels: Uint8Array.of(7, 8, 9),
  };
  const inputs = new Float32Array(4);
  const labels = new Uint8Array(2);
  gatherBatch(samples, Uint32Array.of(2, 0), inputs, labels);
  t.deepEqual([...inputs], [...Float32Array.of(0.8, 1, 0, 0.2)]);
  t.deepEqual([...labels], [9, 7]);
});

test('a shuffled order has every index once', t => {
  const order = shuffledOrder(97, new Random(1));
  t.deepEqual(
    [...order].sort((a, b) => a - b),
    Array.from({ length: 97 }, (_, i) => i),
  );
});

/** Samples of three values, each identified by its first. */
function samplesOf(...pictures: readonly (readonly [name: number, label: number])[]): Samples {
  return {
    count: pictures.length,
    size: 3,
    inputs: Uint8Array.from(pictures.flatMap(([name]) => [name, name + 1, 255 - name])),
    labels: Uint8Array.from(pictures, ([, label]) => label),
  };
}

test('joined samples come one set after the other', t => {
  const [one, none, other] = [
    samplesOf([10, 7], [20, outlierLabel]),
    samplesOf(),
    samplesOf([30, 0]),
  ];
  t.deepEqual(joinSamples(one, none, other), samplesOf([10, 7], [20, outlierLabel], [30, 0]));
});

test('joining nothing gives an empty set of the network’s input size', t => {
  t.like(joinSamples(), { count: 0, size: 784 });
});

test('selected samples keep their order, their pictures and their labels', t => {
  const samples = samplesOf([10, 7], [20, outlierLabel], [30, 0], [40, outlierLabel]);
  t.deepEqual(
    selectSamples(samples, label => label === outlierLabel),
    samplesOf([20, outlierLabel], [40, outlierLabel]),
  );
  t.deepEqual(
    selectSamples(samples, label => label < 10),
    samplesOf([10, 7], [30, 0]),
  );
});
