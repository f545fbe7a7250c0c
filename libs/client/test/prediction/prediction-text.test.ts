// A prediction and its evidence in words.

import test from 'ava';
import {
  bigDigitOf,
  confidenceLine,
  digitLine,
  evidenceSentence,
  formatPercent,
  modelLine,
  type Prediction,
  predictionSentence,
} from '../../src/index.ts';
import { sevenPrediction } from '../examples.ts';

const sevenWith = (parts: Partial<Prediction>): Prediction => ({ ...sevenPrediction, ...parts });
const uncertain = sevenWith({ digit: null, reason: 'uncertain' });
const noDigit = sevenWith({ digit: null, reason: 'not-a-digit' });
const blank = sevenWith({ digit: null, reason: 'blank' });

test('an accepted prediction is a digit and its confidence', t => {
  t.is(digitLine(sevenPrediction), 'Digit: 7');
  t.is(confidenceLine(sevenPrediction), '98.3 % certain');
});

test('an uncertain prediction is the best guess and marked as one', t => {
  t.is(digitLine(uncertain), 'Digit: 7 (uncertain)');
  t.is(confidenceLine(uncertain), 'perhaps 7: 98.3 %');
  t.is(digitLine(sevenWith({ digit: 4, reason: 'uncertain' })), 'Digit: 4 (uncertain)');
});

test('a rejected and a blank drawing have their own texts', t => {
  t.is(digitLine(noDigit), 'Digit: none');
  t.is(confidenceLine(noDigit), 'most like 7: 98.3 %');
  t.is(confidenceLine(blank), 'blank: nothing is drawn');
});

test('the big digit is the digit, the best guess, a question mark or nothing', t => {
  t.is(bigDigitOf(sevenPrediction), 7);
  t.is(bigDigitOf(uncertain), 7);
  t.is(bigDigitOf(noDigit), null);
  t.is(bigDigitOf(blank), undefined);
});

test('the model line has the latency and the version', t => {
  t.is(modelLine({ ...sevenPrediction, latencyMs: 12.6 }), '5.7.11, 13 ms');
  t.is(modelLine(sevenPrediction), '5.7.11');
});

test('for a screen reader the prediction is a sentence', t => {
  t.is(predictionSentence(sevenPrediction), 'The predicted digit is 7, 98 percent certain.');
  t.is(predictionSentence(uncertain), 'The prediction is uncertain: perhaps 7, 98 percent.');
  t.is(predictionSentence(noDigit), 'This does not look like a digit.');
  t.is(predictionSentence(blank), 'Nothing is drawn.');
});

test('the evidence is named by the ninths of the input that have most of it', t => {
  const saliency = Array<number>(784).fill(0);
  saliency[14 * 28 + 14] = 3;
  saliency[5 * 28 + 5] = -1;
  saliency[22 * 28 + 22] = -2;
  t.is(
    evidenceSentence(sevenWith({ saliency })),
    'Evidence for 7: mostly in the middle; against it: mostly at the bottom right and at the top left.',
  );
  t.is(evidenceSentence(sevenPrediction), 'There is no evidence to report.');
});

test('a percentage has one decimal', t => {
  t.is(formatPercent(0.98304), '98.3 %');
  t.is(formatPercent(0), '0.0 %');
  t.is(formatPercent(1), '100.0 %');
});
