import test from 'ava';
import { datasetFromIdx, splitForValidation } from '../../src/data/dataset.ts';
import { idxBytes, imageMagic, labelMagic } from './idx-bytes.ts';

const images = { name: 'images', bytes: idxBytes(imageMagic, [3, 1, 2], [1, 2, 3, 4, 5, 6]) };
const labels = (values: number[]) => ({
  name: 'labels',
  bytes: idxBytes(labelMagic, [values.length], values),
});

test('the last twelfth of a data set is for validation, and the parts keep every image in order', t => {
  const values = Array.from({ length: 25 }, (_, i) => i);
  const many = { name: 'images', bytes: idxBytes(imageMagic, [25, 1, 1], values) };
  const dataset = datasetFromIdx('small', many, labels(values.map(value => value % 10)));
  const { training, validation } = splitForValidation(dataset);
  t.is(training.count, 23);
  t.deepEqual([...training.pixels], values.slice(0, 23));
  t.is(validation.count, 2);
  t.deepEqual([...validation.pixels], [23, 24]);
  t.deepEqual([...validation.labels], [3, 4]);
});

test('a data set too small to split is data-mismatch', t => {
  const dataset = datasetFromIdx('tiny', images, labels([7, 8, 9]));
  t.throws(() => splitForValidation(dataset), { code: 'data-mismatch', message: /at least 12/ });
});

test('a data set with fewer labels than images is data-mismatch', t => {
  t.throws(() => datasetFromIdx('tiny', images, labels([7, 8])), {
    code: 'data-mismatch',
    message: /3 images.*2 labels/,
  });
});

test('a label above 9 is data-corrupt', t => {
  t.throws(() => datasetFromIdx('tiny', images, labels([7, 10, 9])), {
    code: 'data-corrupt',
    message: /label 10 at 1/,
  });
});

test('an empty data set is data-mismatch', t => {
  const none = { name: 'images', bytes: idxBytes(imageMagic, [0, 28, 28], []) };
  t.throws(() => datasetFromIdx('tiny', none, labels([])), { code: 'data-mismatch' });
});
