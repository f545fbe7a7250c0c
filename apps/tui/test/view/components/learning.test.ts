// Learning on the whole screen, seen through a terminal emulator.

import { drawStrokes } from '@digits/canvas';
import test from 'ava';
import type { Action } from '../../../src/state/action.ts';
import type { Learning } from '../../../src/state/learning.ts';
import { parseGate } from '../../../src/trainer/trainer-output.ts';
import { pixelsOn } from '../../emulated-screen.ts';
import { connectedService } from '../../state/beginning.ts';
import { passingGate, stoppingGate } from '../../trainer/gate-rows.ts';
import { drawSeven, sevenStrokes } from './seven.ts';
import { showApp } from './show-app.ts';

const page = 'models/.runs/fine-tune-1/doubtful/index.html';
const training: Learning = {
  type: 'training',
  progress: { fraction: 0.42, epoch: 2, epochs: 3, remainingMs: 15_000 },
  suspectLabels: { count: 1, page: page },
};
const changed = (learning: Learning): Action => ({ type: 'learning-changed', learning });
const judged = (gate: object): Action =>
  changed({ type: 'compared', gate: parseGate(JSON.stringify(gate)), suspectLabels: undefined });

for (const [columns, rows] of [
  [66, 22],
  [80, 24],
  [100, 30],
] as const) {
  const shown = { columns, rows, service: connectedService };

  test(`at ${columns}×${rows} learning goes on in the status line while one draws`, async t => {
    const { screen, text, act } = await showApp(t, [changed(training)], shown);
    t.true(text().includes('Learning: 42 %, epoch 2 of 3, 0:15 left'));
    t.true(
      text()
        .replaceAll(/\s*\n\s*/g, ' ')
        .includes(`is left out: see ${page}`),
    );
    await act(...drawSeven);
    t.deepEqual(pixelsOn(screen), [...drawStrokes(sevenStrokes)]);
    t.true(text().includes('Learning: 42 %'));
  });

  test(`at ${columns}×${rows} the table stands beside the canvas, and is scrolled`, async t => {
    const { screen, text, lines, type, commands } = await showApp(
      t,
      [...drawSeven, judged(passingGate)],
      shown,
    );
    t.true(text().includes('against standard-1-7f162361'));
    t.regex(text(), /\+ corrections .*20\.00 → 100\.00 %/);
    t.true(text().includes('Promote it? Passed: nothing that matters is worse'));
    t.true(lines().some(line => line.includes('y promote  n leave it')));
    t.false(text().includes('corruption 17'));
    for (let row = 1; row < passingGate.rows.length; row++) await type('\u{1b}[B');
    t.regex(text(), /= weights .*400k → 400k/);
    t.deepEqual(pixelsOn(screen), [...drawStrokes(sevenStrokes)]);
    await type('y');
    t.deepEqual(commands, [{ type: 'decide', decision: 'promote' }]);
  });

  test(`at ${columns}×${rows} a gate that stops says why and offers no promotion`, async t => {
    const { text } = await showApp(t, [judged(stoppingGate)], shown);
    t.true(text().includes('Stopped, worse: MNIST validation images. The champion stays.'));
    t.regex(text(), /! MNIST valid.* 98\.40 → 71\.30 %/);
    t.true(text().includes('Esc closes'));
    t.false(text().includes('y promote'));
  });
}

test('t asks the app to learn, and while it learns y stops it', async t => {
  const { type, commands, act, text } = await showApp(t, [], { service: connectedService });
  await type('t');
  await act({ type: 'mode-changed', mode: { type: 'confirming-stop' } });
  t.true(text().includes('Stop learning?'));
  await type('y');
  t.deepEqual(commands, [{ type: 'learn' }, { type: 'stop-learning' }]);
});

test('the help names t, and the keys under the canvas too', async t => {
  const { type, text, lines } = await showApp(t, [], { service: connectedService });
  t.true(lines().some(line => line.includes('t learn')));
  await type('?');
  t.regex(text(), /p {3}t +practice; learn from corrections/);
  t.true(text().includes('q Ctrl+C    quit'));
});

test('without Unicode the table is ASCII too', async t => {
  const { text } = await showApp(t, [judged(passingGate)], {
    isAscii: true,
    service: connectedService,
  });
  t.regex(text(), /^[ -~\n─│┌┐└┘]*$/);
  t.true(text().includes('20.00 > 100.00 %'));
});
