// A prediction in text: its sentence, the bars of the probabilities, and the big digit.

import { type Prediction, rasterOf } from '@digits/client';
import test from 'ava';
import { reduce } from '../../../src/state/reducer.ts';
import { bar, barLine } from '../../../src/view/text/bars.ts';
import { bigDigitRows, bigDigitSize } from '../../../src/view/text/big-digit.ts';
import { spokenPrediction } from '../../../src/view/text/prediction.ts';
import { sevenPrediction } from '../../fake-service.ts';
import { connectedService, exampleState } from '../../state/example-state.ts';

const sevenWith = (parts: Partial<Prediction>): Prediction => ({ ...sevenPrediction, ...parts });
const uncertain = sevenWith({ digit: null, reason: 'uncertain' });
const noDigit = sevenWith({ digit: null, reason: 'not-a-digit' });

test('for a screen reader the prediction is a sentence', t => {
  const began = { type: 'stroke-began', at: [7, 7], timeMs: 0 } as const;
  const state = reduce(exampleState({ service: connectedService }), began);
  const read = (prediction: Prediction) =>
    spokenPrediction({
      ...state,
      predicted: { raster: rasterOf(state), prediction, isExplained: false },
    });
  t.is(spokenPrediction(exampleState()), 'Nothing is drawn.');
  t.is(spokenPrediction(state), 'There is no prediction yet.');
  t.is(read(sevenPrediction), 'The predicted digit is 7, 98 percent certain.');
  t.is(read(uncertain), 'The prediction is uncertain: perhaps 7, 98 percent.');
  t.is(read(noDigit), 'This does not look like a digit.');
});

test('the length of a bar is its fraction, in eighths of a cell', t => {
  t.is(bar(0, 5), '     ');
  t.is(bar(1, 5), '█████');
  t.is(bar(0.5, 5), '██▌  ');
  t.is(bar(1 / 40, 5), '▏    ');
  t.is(bar(39 / 40, 5), '████▉');
});

test('an ASCII bar has whole characters', t => {
  t.is(bar(0.5, 5, 'ascii'), '###  ');
});

test('every line has the same length', t => {
  for (const glyphs of ['unicode', 'ascii'] as const) {
    for (const fraction of [0, 0.001, 0.3, 0.5, 0.999, 1]) {
      t.is(barLine(7, fraction, 11, glyphs).length, '7 '.length + 11 + ' 100.0 %'.length);
    }
  }
});

test('every digit has its own rows, of one size', t => {
  for (const scale of [1, 2, 3]) {
    const { columns, rows } = bigDigitSize(scale);
    const bigDigits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, null].map(digit =>
      bigDigitRows(digit, scale, 'unicode'),
    );
    for (const rowsOfDigit of bigDigits) {
      t.is(rowsOfDigit.length, rows);
      for (const row of rowsOfDigit) t.is(row.length, columns);
    }
    t.is(new Set(bigDigits.map(each => each.join())).size, 11);
  }
});

test('without a digit the rows are empty', t => {
  t.deepEqual(bigDigitRows(undefined, 1, 'unicode'), Array(7).fill(' '.repeat(10)));
});

test('a seven is a seven, in blocks and in ASCII', t => {
  t.is(bigDigitRows(7, 1, 'unicode')[0], '██████████');
  t.is(bigDigitRows(7, 1, 'ascii')[1], '        ##');
});
