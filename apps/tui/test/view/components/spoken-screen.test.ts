// The screen-reader display: sentences, one a line, and no box.

import test from 'ava';
import { renderToString } from 'ink';
import { createElement } from 'react';
import { reduce } from '../../../src/state/reducer.ts';
import { rasterOf, type State } from '../../../src/state/state.ts';
import { SpokenScreen } from '../../../src/view/components/SpokenScreen.tsx';
import { sevenPrediction } from '../../fake-service.ts';
import { connectedService, exampleState } from '../../state/example-state.ts';
import { drawSeven } from './seven.ts';

const spoken = (state: State): string[] => {
  const props = { state, onText() {}, onSubmit() {} };
  return renderToString(createElement(SpokenScreen, props)).split('\n');
};

test('the prediction is a sentence', t => {
  const drawn = drawSeven.reduce(reduce, exampleState({ service: connectedService }));
  const predicted = { raster: rasterOf(drawn), prediction: sevenPrediction };
  const lines = spoken({ ...drawn, predicted });
  t.is(lines[1], 'The predicted digit is 7, 98 percent certain.');
  t.true(lines.includes('Service ready: model 5.7.11, running at http://127.0.0.1:8000'));
  t.notRegex(lines.join('\n'), /[╭│█▀]/);
});

test('a blank drawing is described, and the keys are listed', t => {
  const lines = spoken(exampleState());
  t.is(lines[1], 'Nothing is drawn.');
  t.true(lines.at(-1)?.endsWith('q quit'));
});

test('a correction is requested and confirmed in words', t => {
  const asked = spoken(exampleState({ mode: { type: 'correcting' } }));
  t.true(asked.includes('Which digit is it?'));
  const confirmed = spoken(
    exampleState({
      notice: { text: 'saved: it was a 4', isBad: false },
      corrections: { saved: 1, waiting: 0 },
    }),
  );
  t.true(confirmed.includes('saved: it was a 4'));
  t.true(confirmed.includes('1 correction saved'));
});
