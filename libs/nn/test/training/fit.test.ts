// Training on arrays of a program's own: from rows to a saved, loaded and exported model.

import { access, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { samplesOf, splitSamples } from '../../src/data/labelled-rows.ts';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { NnError } from '../../src/errors.ts';
import { evaluate } from '../../src/evaluation/metrics/evaluate-model.ts';
import { predict } from '../../src/inference/predict.ts';
import { loadModel, saveModel } from '../../src/registry/saved-model.ts';
import { type FitOptions, fit } from '../../src/training/fit.ts';

/** Points of the plane in the order of their classes, three discs of 40. */
const points = Array.from({ length: 120 }, (_, i) => {
  const [disc, angle] = [Math.floor(i / 40), 2.4 * i];
  return [Math.cos(2 * disc) + 0.4 * Math.cos(angle), Math.sin(2 * disc) + 0.4 * Math.sin(angle)];
});
const labels = points.map((_, i) => Math.floor(i / 40));
const samples = samplesOf(points, labels);
const options = { hidden: [13], epochs: 11, batchSize: 8, learningRate: 0.02 };

const fileOf = (name: string) => join(tmpdir(), `digits-fit-${process.pid}-${name}`);

test('three discs are learnt from rows, and a saved model predicts the same', async t => {
  const { model, validation, history } = await fit(samples, options);
  t.is(validation.accuracy, 1);
  t.is(history.length, 11);
  t.is(evaluate(model, samples).accuracy, 1);
  t.throws(() => evaluate(model, { ...samples, size: 3 }), { instanceOf: RangeError });

  const file = fileOf('model');
  await saveModel(file, model);
  const loaded = await loadModel(file, loopKernels);
  t.deepEqual(loaded.layerSizes, [2, 13, 3]);
  t.is(loaded.preprocessing, 'none');
  const answers = predict(loaded, points);
  t.deepEqual(
    answers.map(({ label }) => label),
    labels,
  );
  t.deepEqual(predict(loaded, samples.inputs), answers);
  const [first] = predict(model, points);
  t.true(Math.abs(first!.confidence - answers[0]!.confidence) < 1e-6);
});

test('a fit resumes from its checkpoint with the weights of an uninterrupted one', async t => {
  const expected = await fit(samples, options);
  const checkpoint = fileOf('checkpoint');
  const stop = new AbortController();
  const interrupted = fit(samples, {
    ...options,
    checkpoint,
    signal: stop.signal,
    onEpoch: ({ epoch }) => epoch === 4 && stop.abort(),
  });
  await t.throwsAsync(interrupted, { name: 'AbortError' });
  await t.throwsAsync(fit(samples, { ...options, checkpoint, epochs: 12 }), {
    code: 'checkpoint-mismatch',
  });
  const epochs: number[] = [];
  const resumed = await fit(samples, {
    ...options,
    checkpoint,
    onEpoch: ({ epoch }) => epochs.push(epoch),
  });
  t.deepEqual(epochs, [5, 6, 7, 8, 9, 10, 11]);
  for (const [i, { weight }] of resumed.model.network.layers.entries()) {
    t.deepEqual(weight, expected.model.network.layers[i]!.weight);
  }
  await t.throwsAsync(access(checkpoint), { code: 'ENOENT' });
  await writeFile(checkpoint, 'no checkpoint');
  await t.throwsAsync(fit(samples, { ...options, checkpoint }), { code: 'checkpoint-corrupt' });
  t.is(await readFile(checkpoint, 'utf8'), 'no checkpoint');
});

test('four samples are all trained on, as XOR needs', async t => {
  const corners = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  const { model } = await fit(samplesOf(corners, [0, 1, 1, 0]), {
    epochs: 300,
    learningRate: 0.02,
  });
  t.deepEqual(
    predict(model, corners).map(({ label }) => label),
    [0, 1, 1, 0],
  );
});

test('a split is a permutation of the samples, the same for the same seed', t => {
  const [large, small] = splitSamples(samples, 0.3);
  t.deepEqual([large.count, small.count], [84, 36]);
  t.deepEqual(splitSamples(samples, 0.3), [large, small]);
  t.notDeepEqual(splitSamples(samples, 0.3, 2), [large, small]);
  t.deepEqual([...large.inputs, ...small.inputs].sort(), [...samples.inputs].sort());
});

const wrongRows: [
  title: string,
  inputs: number[][] | Float32Array,
  labels: number[],
  code: string,
][] = [
  ['no rows', [], [], 'data-mismatch'],
  ['fewer labels than rows', [[1], [2]], [0], 'data-mismatch'],
  ['rows of different sizes', [[1, 2], [3]], [0, 1], 'data-mismatch'],
  ['empty rows', [[], []], [0, 1], 'data-mismatch'],
  ['an array that is no multiple of the labels', new Float32Array(5), [0, 1], 'data-mismatch'],
  ['NaN', [[1], [Number.NaN]], [0, 1], 'data-corrupt'],
  ['a number beyond float32', [[1], [1e39]], [0, 1], 'data-corrupt'],
  ['a negative label', [[1], [2]], [0, -1], 'data-unsupported'],
  ['a label between classes', [[1], [2]], [0, 0.5], 'data-unsupported'],
  ['the label 255', [[1], [2]], [0, 255], 'data-unsupported'],
];

for (const [title, inputs, given, code] of wrongRows) {
  test(`samples of ${title} are rejected with ${code}`, t => {
    t.throws(() => samplesOf(inputs, given), { instanceOf: NnError, code: code });
  });
}

const wrongOptions: [title: string, options: FitOptions, code: string][] = [
  ['half an epoch', { epochs: 0.5 }, 'invalid-options'],
  ['a hidden layer of 0', { hidden: [5, 0] }, 'invalid-options'],
  ['fewer classes than labels', { classes: 2 }, 'invalid-options'],
  ['a learning rate of 0', { learningRate: 0 }, 'invalid-options'],
  ['nothing to train on', { validation: 1 }, 'invalid-options'],
  ['a fraction of 2', { validation: 2 }, 'invalid-options'],
  ['validation of another size', { validation: samplesOf([[1]], [0]) }, 'data-mismatch'],
];

for (const [title, wrong, code] of wrongOptions) {
  test(`a fit with ${title} is rejected with ${code}`, async t => {
    await t.throwsAsync(fit(samples, wrong), { instanceOf: NnError, code });
  });
}

test('predicting rows of another size is rejected with data-mismatch', async t => {
  const { model } = await fit(samples, { epochs: 1 });
  t.throws(() => predict(model, [[1, 2, 3]]), { instanceOf: NnError, code: 'data-mismatch' });
  t.deepEqual(predict(model, []), []);
});
