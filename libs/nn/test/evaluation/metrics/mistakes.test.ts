import test from 'ava';
import { outlierLabel } from '../../../src/data/samples.ts';
import {
  listFalsePositives,
  listMistakes,
  pictureMistakes,
} from '../../../src/evaluation/metrics/mistakes.ts';
import { logitsOf, near } from './logits.ts';

const logits = logitsOf([0.9, 0.1], [0.6, 0.4], [0.7, 0.3], [0.2, 0.8]);
const labels = Uint8Array.of(0, 1, 1, 0);

test('mistakes are the wrong predictions, most confident first', t => {
  const mistakes = listMistakes(logits, labels, { maxMistakes: 9, temperature: 1 });
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
  t.is(listMistakes(logits, labels, { maxMistakes: 2, temperature: 1 }).length, 2);
});

test('confidence is the one at the given temperature', t => {
  const [worst] = listMistakes(logits, labels, { maxMistakes: 1, temperature: 2 });
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
  const samples = { count: 2, size: 3, inputs: Uint8Array.of(1, 2, 3, 4, 5, 6), labels };
  const [pictured] = pictureMistakes(
    [{ index: 1, predicted: 0, actual: 1, confidence: 1 }],
    samples,
  );
  t.deepEqual(pictured!.pixels, Uint8Array.of(4, 5, 6));
  t.is(pictured!.pixels.buffer.byteLength, 3);
});
