import test from 'ava';
import { outlierLabel, type Samples } from '../../../src/data/samples.ts';
import { evaluateLogits } from '../../../src/evaluation/metrics/evaluation.ts';
import type { EvaluationSet, SetGroup } from '../../../src/evaluation/sets/evaluation-set.ts';
import { type MeasuredNetwork, measureSets } from '../../../src/evaluation/sets/measure-sets.ts';
import { near } from '../metrics/logits.ts';

/** Images of two pixels, which are the logits of two classes. */
function setOf(name: string, group: SetGroup, rows: readonly (readonly number[])[]): EvaluationSet {
  const samples: Samples = {
    count: rows.length,
    size: 2,
    inputs: Uint8Array.from(rows.flatMap(([a, b]) => [a!, b!])),
    labels: Uint8Array.from(rows, row => row[2]!),
  };
  return { name, group, writers: null, samples };
}

const measured: MeasuredNetwork = {
  logitsOf: ({ inputs }) => Float32Array.from(inputs),
  temperature: 1,
  acceptance: { minConfidence: 0.9, maxEnergy: -3 },
};

const sets = [
  setOf('images', 'test', [
    [9, 1, 0],
    [1, 7, 1],
    [8, 1, 1],
    [5, 4, 0],
  ]),
  setOf('noise', 'corruption', [
    [5, 1, 0],
    [5, 6, 0],
  ]),
  setOf('blur', 'corruption', [
    [2, 1, 1],
    [1, 6, 1],
  ]),
  setOf('letters', 'no-digits', [
    [2, 1, outlierLabel],
    [0, 9, outlierLabel],
    [0, 0, outlierLabel],
  ]),
];

function run(some: Iterable<EvaluationSet> = sets) {
  const measuring = measureSets(measured, some);
  const names: string[] = [];
  for (;;) {
    const step = measuring.next();
    if (step.done) return { names, ...step.value };
    names.push(step.value);
  }
}

test('the name of every set is yielded when it is done', t => {
  t.deepEqual(run().names, ['images', 'noise', 'blur', 'letters']);
});

test('every set but the outliers has an evaluation and its decisions', t => {
  const { evaluations } = run().measurements;
  t.deepEqual(
    evaluations.map(({ name, evaluation }) => [name, evaluation.correct, evaluation.count]),
    [
      ['images', 3, 4],
      ['noise', 1, 2],
      ['blur', 1, 2],
    ],
  );
  const expected = { accepted: 3, uncertain: 1, 'not-a-digit': 0, blank: 0 };
  t.deepEqual(evaluations[0]!.verdicts, expected);
});

test('a group of several sets is summarised as if all images were one set', t => {
  const { groups } = run().measurements;
  const logits = Float32Array.of(5, 1, 5, 6, 2, 1, 1, 6);
  const whole = evaluateLogits(logits, Uint8Array.of(0, 0, 1, 1), { temperature: 1 });
  t.is(groups.length, 1);
  t.like(groups[0], { group: 'corruption', sets: 2, count: 4, correct: 2, accuracy: 0.5 });
  t.deepEqual(groups[0]!.confusion, whole.confusion);
  const { expectedCalibrationError } = whole.calibrated;
  t.true(near(groups[0]!.expectedCalibrationError, expectedCalibrationError, 1e-12));
  t.deepEqual(groups[0]!.verdicts, { accepted: 2, uncertain: 1, 'not-a-digit': 1, blank: 0 });
});

test('outliers are compared with test images and drawings, not with corrupted images', t => {
  const { refusal } = run().measurements;
  t.deepEqual(refusal!.digitSets, ['images']);
  t.deepEqual(refusal!.sets[0]!.verdicts, {
    accepted: 1,
    uncertain: 0,
    'not-a-digit': 1,
    blank: 1,
  });
});

test('the worst mistakes of every set are kept with their images', t => {
  const { worst } = run();
  t.deepEqual(
    worst.map(({ name, mistakes }) => [name, mistakes.map(({ index }) => index)]),
    [
      ['images', [2]],
      ['noise', [1]],
      ['blur', [0]],
      ['letters', [1, 0, 2]],
    ],
  );
  t.deepEqual(worst[0]!.mistakes[0]!.pixels, Uint8Array.of(8, 1));
  t.is(worst[3]!.mistakes[0]!.actual, outlierLabel);
});

test('measurements are the same after being written as JSON', t => {
  const { measurements } = run();
  t.deepEqual(JSON.parse(JSON.stringify(measurements)), measurements);
});

test('without outliers there is no refusal', t => {
  t.is(run(sets.slice(0, 1)).measurements.refusal, null);
});
