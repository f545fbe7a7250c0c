// Training on arrays of a program's own: from rows to a saved, loaded and exported model.

import { access, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { samplesOf, splitSamples } from '../../src/data/labelled-rows.ts';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import type { SgdOptions } from '../../src/engine/sgd.ts';
import { NnError } from '../../src/errors.ts';
import { evaluate } from '../../src/evaluation/metrics/evaluate-model.ts';
import { classify, type Model } from '../../src/inference/model.ts';
import { predict } from '../../src/inference/predict.ts';
import { loadModel, saveModel } from '../../src/registry/saved-model.ts';
import { fit } from '../../src/training/fit.ts';
import type { FitOptions } from '../../src/training/fit-options.ts';

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
  t.throws(() => evaluate(model, { ...samples, size: 3 }), {
    instanceOf: NnError,
    code: 'data-mismatch',
  });

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
  ['epochs in a string', { epochs: '3' as unknown as number }, 'invalid-options'],
  ['a number as hidden layers', { hidden: 32 as unknown as number[] }, 'invalid-options'],
  ['a hidden layer beyond the memory', { hidden: [1 << 28] }, 'model-unsupported'],
  ['65 threads', { threads: 65 }, 'invalid-options'],
  ['a negative seed', { seed: -1 }, 'invalid-options'],
  ['256 classes', { classes: 256 }, 'invalid-options'],
  [
    'an unknown optimizer',
    { optimizer: { type: 'adam' } as unknown as SgdOptions },
    'invalid-options',
  ],
  [
    'an optimizer without constants',
    { optimizer: { type: 'sgd' } as SgdOptions },
    'invalid-options',
  ],
  ['a number as checkpoint', { checkpoint: 5 as unknown as string }, 'invalid-options'],
  ['null as options', null as unknown as FitOptions, 'invalid-options'],
  ['validation that is no samples', { validation: [] as unknown as number }, 'invalid-options'],
  ['validation of another size', { validation: samplesOf([[1]], [0]) }, 'data-mismatch'],
];

for (const [title, wrong, code] of wrongOptions) {
  test(`a fit with ${title} is rejected with ${code}`, async t => {
    await t.throwsAsync(fit(samples, wrong), { instanceOf: NnError, code });
  });
}

test('an unknown option is refused with the nearest name', async t => {
  for (const [wrong, nearest] of [
    ['epoch', 'epochs'],
    ['hiddenLayers', 'hidden'],
    ['learning_rate', 'learningRate'],
  ] as const) {
    await t.throwsAsync(fit(samples, { [wrong]: 3 } as FitOptions), {
      code: 'invalid-options',
      message: new RegExp(`'${wrong}': did you mean ${nearest}\\?`),
    });
  }
});

test('samples of a single class are refused with data-unsupported', async t => {
  const single = samplesOf(points, new Uint8Array(points.length));
  await t.throwsAsync(fit(single, { classes: 3 }), { code: 'data-unsupported' });
});

test('arguments that programs without types give are quoted in the message', async t => {
  const untyped = <T>(value: unknown) => value as T;
  for (const [rows, given, code, message] of [
    [[[null, 2]], [0], 'data-corrupt', /row 0, column 0 is null/],
    [[['1', 2]], [0], 'data-corrupt', /column 0 is '1'/],
    [[[1], undefined], [0, 1], 'data-mismatch', /row 1 has no numbers/],
    [[[1], [2]], ['0', '1'], 'data-unsupported', /label 0 is '0'/],
    [[[1]], undefined, 'invalid-options', /labels are undefined/],
    [undefined, undefined, 'invalid-options', /inputs are undefined/],
  ] as const) {
    const call = () => samplesOf(untyped<number[][]>(rows), untyped<number[]>(given));
    t.throws(call, { instanceOf: NnError, code, message });
  }
  for (const wrong of [undefined, null, points]) {
    await t.throwsAsync(fit(untyped<typeof samples>(wrong)), {
      code: 'invalid-options',
      message: /samples is .*: expected what samplesOf/,
    });
  }
});

test('a model that is none, and what does not fit it, are refused by their code', async t => {
  const fitted = await fit(samples, { epochs: 1 });
  const noModel = { code: 'invalid-options', message: /expected what loadModel returns/ };
  for (const wrong of [undefined, fitted] as unknown as Model[]) {
    t.throws(() => predict(wrong, points), noModel);
    t.throws(() => classify(wrong, new Float32Array(2)), noModel);
    t.throws(() => evaluate(wrong, samples), noModel);
  }
  const { model } = fitted;
  t.throws(() => predict(model, undefined as unknown as number[][]), { code: 'invalid-options' });
  for (const length of [0, 1, 3]) {
    t.throws(() => classify(model, new Float32Array(length)), { code: 'data-mismatch' });
  }
  const mismatch = { instanceOf: NnError, code: 'data-mismatch' };
  t.throws(() => evaluate(model, samplesOf([[1, 2]], [7])), mismatch);
  t.throws(() => evaluate(model, { ...samples, count: 7 }), mismatch);
  t.throws(() => evaluate(model, samples, ['one']), mismatch);
});

test('predicting rows of another size is rejected with data-mismatch', async t => {
  const { model } = await fit(samples, { epochs: 1 });
  t.throws(() => predict(model, [[1, 2, 3]]), { instanceOf: NnError, code: 'data-mismatch' });
  t.deepEqual(predict(model, []), []);
});
