// A network that learns, beside the canvas: the form, and the training in panels of several sizes.

import { startTrainingView, withTrainingEvent } from '@digits/screen';
import test from 'ava';
import { noWatch } from '../../src/state/watch.ts';
import { watchFormLines } from '../../src/view/text/watch-form.ts';
import { watchTrainingRows } from '../../src/view/watch/watch-rows.ts';
import { showApp } from './components/show-app.ts';

const plain = { colours: 'none', theme: 'dark', glyphs: 'unicode' } as const;

const probabilities = [0.02, 0.91, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.005, 0.005];
const answer = { picture: 'drawing', digit: 1, probabilities };
const answered = withTrainingEvent(
  startTrainingView('784-64-32-10', [30]),
  { type: 'probe', step: 1, answers: [answer] },
  0,
);

for (const [columns, rows] of [
  [34, 14],
  [46, 14],
  [68, 14],
  [70, 30],
  [140, 30],
] as const) {
  test(`the training fits into ${columns}×${rows} cells`, t => {
    const shown = watchTrainingRows(answered, { columns, rows }, plain);
    t.true(shown.length <= rows, `${shown.length}`);
    t.deepEqual([...new Set(shown.map(({ length }) => length))], [columns]);
    t.true(shown.some(row => /1 █+.* 91\.0 %/.test(row)));
  });
}

test('the form marks its row and says what Enter trains', t => {
  const lines = watchFormLines({ ...noWatch, failure: 'no data' }, 1, 60).map(({ text }) => text);
  t.true(lines.includes('> Learning rate     0.01'));
  t.true(lines.includes('  Images            10,000'));
  t.regex(lines.join(' '), /784-64-32-10 from random weights/);
  t.true(lines.includes('Training failed: no data'));
});

test('at 80×24 the answer of the network that learns is beside the canvas', async t => {
  const { lines } = await showApp(
    t,
    [
      { type: 'watch-changed', watch: { ...noWatch, view: answered } },
      { type: 'mode-changed', mode: { type: 'watching' } },
    ],
    {},
  );
  t.true(lines().some(line => /│.*1 █+.* 91\.0 %/.test(line)));
  t.true(lines().some(line => line.includes('p pause, go on')));
});
