// What a screen reader is given: sentences, one a line, and no box.

import test from 'ava';
import { renderToString } from 'ink';
import { createElement } from 'react';
import { reduce } from '../../../src/state/reducer.ts';
import { rasterOf, type State } from '../../../src/state/state.ts';
import { SpokenScreen } from '../../../src/view/components/SpokenScreen.tsx';
import { sevenPrediction } from '../../fake-service.ts';
import { beginning, connectedService } from '../../state/beginning.ts';
import { drawSeven } from './seven.ts';

const spoken = (state: State): string[] => {
  const props = { state, onText() {}, onSubmit() {} };
  return renderToString(createElement(SpokenScreen, props)).split('\n');
};

test('the answer is a sentence among sentences', t => {
  const drawn = drawSeven.reduce(reduce, beginning({ service: connectedService }));
  const answer = { raster: rasterOf(drawn), prediction: sevenPrediction };
  const lines = spoken({ ...drawn, predicted: answer });
  t.is(lines[1], 'The drawing is read as 7, 98 percent certain.');
  t.true(lines.includes('Service ready: model 5.7.11, running at http://127.0.0.1:8000'));
  t.notRegex(lines.join('\n'), /[╭│█▀]/);
});

test('before anything is drawn it says so, and which keys there are', t => {
  const lines = spoken(beginning());
  t.is(lines[1], 'Nothing is drawn.');
  t.true(lines.at(-1)?.endsWith('q quit'));
});

test('a correction is asked for and confirmed in words', t => {
  const asked = spoken(beginning({ mode: { type: 'correcting' } }));
  t.true(asked.includes('Which digit is it really?'));
  const confirmed = spoken(
    beginning({
      notice: { text: 'saved: it was a 4', isBad: false },
      corrections: { saved: 1, waiting: 0 },
    }),
  );
  t.true(confirmed.includes('saved: it was a 4'));
  t.true(confirmed.includes('1 correction saved'));
});
