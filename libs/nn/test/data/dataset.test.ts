import test from 'ava';
import { datasetFromIdx, splitDataset } from '../../src/data/dataset.ts';
import { idxBytes, imageMagic, labelMagic } from './idx-bytes.ts';

const images = { name: 'images', bytes: idxBytes(imageMagic, [3, 1, 2], [1, 2, 3, 4, 5, 6]) };
const labels = (values: number[]) => ({
  name: 'labels',
  bytes: idxBytes(labelMagic, [values.length], values),
});

test('a dataset is cut in two without losing or mixing anything', t => {
  const parts = splitDataset(datasetFromIdx('tiny', images, labels([7, 8, 9])), 1);
  t.deepEqual(
    parts.map(({ count, pixels, labels }) => [count, [...pixels], [...labels]]),
    [
      [1, [1, 2], [7]],
      [2, [3, 4, 5, 6], [8, 9]],
    ],
  );
});

test('as many labels as images are expected', t => {
  t.throws(() => datasetFromIdx('tiny', images, labels([7, 8])), {
    code: 'data-mismatch',
    message: /3 images.*2 labels/,
  });
});

test('a label above 9 is refused', t => {
  t.throws(() => datasetFromIdx('tiny', images, labels([7, 10, 9])), {
    code: 'data-corrupt',
    message: /label 10 at 1/,
  });
});

test('a dataset of nothing is refused', t => {
  const none = { name: 'images', bytes: idxBytes(imageMagic, [0, 28, 28], []) };
  t.throws(() => datasetFromIdx('tiny', none, labels([])), { code: 'data-mismatch' });
});
