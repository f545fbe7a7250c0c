// Figures and mistakes of cases that are small enough to calculate by hand.

import test from 'ava';
import { outlierLabel } from '../../../src/data/samples.ts';
import { evaluateLogits, wilsonInterval } from '../../../src/evaluation/metrics/evaluation.ts';
import {
  listFalsePositives,
  listMistakes,
  pictureMistakes,
} from '../../../src/evaluation/metrics/mistakes.ts';
import { logitsOf, near } from './logits.ts';

/** Three classes, seven pictures: five correct, one 1 classified as 2, one 2 as 0. */
const logits = logitsOf(
  [0.8, 0.1, 0.1],
  [0.8, 0.1, 0.1],
  [0.1, 0.8, 0.1],
  [0.1, 0.1, 0.8],
  [0.1, 0.1, 0.8],
  [0.1, 0.1, 0.8],
  [0.8, 0.1, 0.1],
);
const labels = Uint8Array.of(0, 0, 1, 1, 2, 2, 2);

test('accuracy is the fraction of correct predictions, inside its interval', t => {
  const { count, correct, accuracy, interval } = evaluateLogits(logits, labels, { temperature: 1 });
  t.deepEqual({ count, correct, accuracy }, { count: 7, correct: 5, accuracy: 5 / 7 });
  t.true(interval.low < accuracy && accuracy < interval.high);
});

test('the confusion matrix has actual classes in rows and predicted classes in columns', t => {
  t.deepEqual(evaluateLogits(logits, labels, { temperature: 1 }).confusion, [
    [2, 0, 0],
    [0, 1, 1],
    [1, 0, 2],
  ]);
});

test('every class has its precision, recall and F1', t => {
  t.deepEqual(evaluateLogits(logits, labels, { temperature: 1 }).classes, [
    { name: '0', count: 2, precision: 2 / 3, recall: 1, f1: 4 / 5 },
    { name: '1', count: 2, precision: 1, recall: 1 / 2, f1: 2 / 3 },
    { name: '2', count: 3, precision: 2 / 3, recall: 2 / 3, f1: 4 / 6 },
  ]);
});

test('a class that is neither actual nor predicted has no figures', t => {
  const { classes } = evaluateLogits(logitsOf([0.7, 0.2, 0.1]), Uint8Array.of(0), {
    temperature: 1,
    classes: ['shirt', 'shoe', 'bag'],
  });
  t.deepEqual(classes[2], { name: 'bag', count: 0, precision: null, recall: null, f1: null });
});

test('temperature changes probabilities but no predicted class', t => {
  const { accuracy, calibrated, uncalibrated } = evaluateLogits(logits, labels, { temperature: 3 });
  t.is(accuracy, 5 / 7);
  t.is(calibrated.temperature, 3);
  t.is(uncalibrated.temperature, 1);
  t.true(near(uncalibrated.negativeLogLikelihood, -(5 * Math.log(0.8) + 2 * Math.log(0.1)) / 7));
  // At temperature 3 a row 8 : 1 : 1 becomes 2 : 1 : 1.
  t.true(near(calibrated.negativeLogLikelihood, -(5 * Math.log(1 / 2) + 2 * Math.log(1 / 4)) / 7));
});

test('an evaluation is the same after being written as JSON', t => {
  const evaluation = evaluateLogits(logits, labels, { temperature: 1.5 });
  t.deepEqual(JSON.parse(JSON.stringify(evaluation)), evaluation);
});

for (const [title, values, classes] of [
  ['no whole rows', [0, 0, 0], [0, 1]],
  ['no labels', [], []],
  ['a label above the classes', [0, 0], [2]],
] as const) {
  test(`${title} is a RangeError`, t => {
    const given = [Float32Array.from(values), Uint8Array.from(classes)] as const;
    t.throws(() => evaluateLogits(...given, { temperature: 1 }), { instanceOf: RangeError });
  });
}

test('more names than classes is a RangeError', t => {
  const classes = ['a', 'b', 'c', 'd'];
  t.throws(() => evaluateLogits(logits, labels, { temperature: 1, classes }), {
    instanceOf: RangeError,
  });
});

// Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
for (const [successes, count, low, high] of [
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
] as const) {
  test(`${successes} of ${count} lie between ${low} and ${high}, as published`, t => {
    const interval = wilsonInterval(successes, count);
    t.is(Number(interval.low.toFixed(4)), low);
    t.is(Number(interval.high.toFixed(4)), high);
  });
}

test('the interval of 20 of 20 ends at 1 and begins below', t => {
  const { low, high } = wilsonInterval(20, 20);
  t.is(Number(low.toFixed(4)), 0.8389);
  t.is(high, 1);
});

const fourLogits = logitsOf([0.9, 0.1], [0.6, 0.4], [0.7, 0.3], [0.2, 0.8]);
const fourLabels = Uint8Array.of(0, 1, 1, 0);

test('mistakes are the wrong predictions, most confident first', t => {
  const mistakes = listMistakes(fourLogits, fourLabels, { maxMistakes: 9, temperature: 1 });
  t.deepEqual(
    mistakes.map(({ index, predicted, actual }) => ({ index, predicted, actual })),
    [
      { index: 3, predicted: 1, actual: 0 },
      { index: 2, predicted: 0, actual: 1 },
      { index: 1, predicted: 0, actual: 1 },
    ],
  );
  t.true(near(mistakes[0]!.confidence, 0.8));
});

test('at most maxMistakes are listed', t => {
  t.is(listMistakes(fourLogits, fourLabels, { maxMistakes: 2, temperature: 1 }).length, 2);
});

test('confidence is the one at the given temperature', t => {
  const [worst] = listMistakes(fourLogits, fourLabels, { maxMistakes: 1, temperature: 2 });
  t.true(near(worst!.confidence, 2 / 3), '4 : 1 becomes 2 : 1');
});

test('for outliers the most confident predictions are the worst', t => {
  const worst = listFalsePositives(Float64Array.of(0.3, 0.9, 0.7), [4, 5, 6], 2);
  t.deepEqual(worst, [
    { index: 1, predicted: 5, actual: outlierLabel, confidence: 0.9 },
    { index: 2, predicted: 6, actual: outlierLabel, confidence: 0.7 },
  ]);
});

test('a pictured mistake has a copy of its own pixels only', t => {
  const samples = {
    count: 2,
    size: 3,
    inputs: Uint8Array.of(1, 2, 3, 4, 5, 6),
    labels: fourLabels,
  };
  const [pictured] = pictureMistakes(
    [{ index: 1, predicted: 0, actual: 1, confidence: 1 }],
    samples,
  );
  t.deepEqual(pictured!.pixels, Uint8Array.of(4, 5, 6));
  t.is(pictured!.pixels.buffer.byteLength, 3);
});
