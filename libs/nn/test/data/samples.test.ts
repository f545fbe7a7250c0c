import test from 'ava';
import {
  gatherBatch,
  joinSamples,
  outlierLabel,
  type Samples,
  selectSamples,
  shuffledOrder,
} from '../../src/data/samples.ts';
import { Random } from '../../src/engine/random.ts';

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
