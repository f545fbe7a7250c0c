// A network that learns, beside the canvas: the form, and the training in panels of several sizes.

import { startTrainingView, withTrainingEvent } from '@digits/screen';
import test from 'ava';
import { noWatch } from '../../src/state/learning/watch.ts';
import { layoutOf } from '../../src/view/layout.ts';
import { remedyLine, spokenWatch, watchFormLines } from '../../src/view/text/watch-form.ts';
import { watchAnswerRows } from '../../src/view/watch/watch-answer.ts';
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
  [66, 22],
  [80, 24],
  [100, 30],
  [100, 40],
  [200, 60],
] as const) {
  test(`in a window of ${columns}×${rows} the training fills its place, with the answer`, t => {
    const { side, answer } = layoutOf({ columns, rows }, 'watching')!.panels;
    const shown = watchTrainingRows(
      { ...noWatch, view: answered },
      side,
      answer !== undefined,
      plain,
    );
    const below = answer === undefined ? [] : watchAnswerRows(answered, answer, plain);
    for (const [block, area] of [
      [shown, side],
      [below, answer ?? { columns: 0, rows: 0 }],
    ] as const) {
      t.is(block.length, area.rows);
      t.true(block.every(({ length }) => length === area.columns));
    }
    t.true([...shown, ...below].some(row => row.includes('91.0 %')));
  });
}

test('the form marks its row and says what Enter trains', t => {
  const lines = watchFormLines({ ...noWatch, failure: 'no data' }, 1, 60).map(({ text }) => text);
  t.true(lines.includes('> Learning rate     ‹ 0.01 ›'));
  t.true(lines.includes('  Images              10,000'));
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

test('a network that is done has neither a time left nor keys of a training', async t => {
  const { act, lines } = await showApp(t, [
    { type: 'watch-changed', watch: { ...noWatch, view: answered } },
    { type: 'mode-changed', mode: { type: 'watching' } },
  ]);
  t.regex(lines().at(-1)!, /p pause, go on {2}w save it/);
  const view = { ...answered, isDone: true };
  await act({ type: 'watch-changed', watch: { ...noWatch, isKept: true, view } });
  const keys = lines().at(-1)!;
  t.regex(keys, /s train another/);
  t.notRegex(keys, /pause|save/);
});

for (const [columns, rows] of [
  [66, 22],
  [200, 60],
] as const) {
  test(`at ${columns}×${rows} a network that has not learnt comes with a remedy`, t => {
    const view = { ...answered, accuracies: [{ x: 1, y: 0.113 }], isDone: true };
    const watch = { ...noWatch, view };
    const { side, answer } = layoutOf({ columns, rows }, 'watching')!.panels;
    const shown = watchTrainingRows(watch, side, answer !== undefined, plain);
    t.true(shown.some(row => /[Nn]ot learnt: try a smaller .*rate/.test(row)));
    const spoken = spokenWatch({ mode: { type: 'watching' }, watch });
    t.is(spoken.at(-1), 'It has not learnt: try a smaller learning rate.');
    t.is(remedyLine({ ...watch, view: { ...view, isDone: false } }, 80), '');
    const slow = { ...watch, choices: { ...noWatch.choices, learningRate: 0 } };
    t.regex(remedyLine(slow, 80), /larger/);
  });
}
