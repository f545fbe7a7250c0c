// Learning from corrections on the whole screen, in a terminal emulator.

import { drawStrokes } from '@digits/canvas';
import test from 'ava';
import type { Action } from '../../../src/state/action.ts';
import type { Learning } from '../../../src/state/learning.ts';
import { parseGate } from '../../../src/trainer/trainer-output.ts';
import { pixelsOn } from '../../emulated-screen.ts';
import { connectedService } from '../../state/example-state.ts';
import { passingGate, stoppingGate } from '../../trainer/gate-rows.ts';
import { drawSeven, sevenStrokes } from './seven.ts';
import { showApp } from './show-app.ts';

const page = 'models/.runs/fine-tune-1/doubtful/index.html';
const training: Learning = {
  type: 'training',
  progress: { fraction: 0.42, epoch: 2, epochs: 3, remainingMs: 15_000 },
  suspectLabels: { count: 1, page },
};
const changed = (learning: Learning): Action => ({ type: 'learning-changed', learning });
const compared = (gate: object): Action =>
  changed({ type: 'compared', gate: parseGate(JSON.stringify(gate)), suspectLabels: undefined });

for (const [columns, rows] of [
  [66, 22],
  [80, 24],
  [100, 30],
] as const) {
  const shown = { columns, rows, service: connectedService };

  test(`at ${columns}×${rows} the status line shows the training while the user draws`, async t => {
    const { screen, text, act } = await showApp(t, [changed(training)], shown);
    t.true(text().includes('Training: 42 %, epoch 2 of 3, 0:15 left'));
    t.true(
      text()
        .replaceAll(/\s*\n\s*/g, ' ')
        .includes(`is left out: see ${page}`),
    );
    await act(...drawSeven);
    t.deepEqual(pixelsOn(screen), [...drawStrokes(sevenStrokes)]);
    t.true(text().includes('Training: 42 %'));
  });

  test(`at ${columns}×${rows} the gate’s table is beside the canvas and scrolls`, async t => {
    const { screen, text, lines, type, typeAtOnce, commands } = await showApp(
      t,
      [...drawSeven, compared(passingGate)],
      shown,
    );
    t.true(text().includes('against standard-1-7f162361'));
    t.regex(text(), /\+ corrections .*20\.00 → 100\.00 %/);
    t.true(text().includes('Promote it? Passed: nothing that matters is worse'));
    t.true(lines().some(line => line.includes('y promote  n do not')));
    t.false(text().includes('corruption 17'));
    await typeAtOnce(...Array(passingGate.rows.length - 1).fill('\u{1b}[B'));
    t.regex(text(), /= weights .*400k → 400k/);
    t.deepEqual(pixelsOn(screen), [...drawStrokes(sevenStrokes)]);
    await type('y');
    t.deepEqual(commands, [{ type: 'decide', decision: 'promote' }]);
  });

  test(`at ${columns}×${rows} a gate that is not passed shows why and offers no promotion`, async t => {
    const { text } = await showApp(t, [compared(stoppingGate)], shown);
    t.true(text().includes('Not passed, worse: MNIST validation images. The champion stays.'));
    t.regex(text(), /! MNIST valid.* 98\.40 → 71\.30 %/);
    t.true(text().includes('Esc close'));
    t.false(text().includes('y promote'));
  });
}

test('t starts a training, and y stops it', async t => {
  const { type, commands, act, text } = await showApp(t, [], { service: connectedService });
  await type('t');
  await act({ type: 'mode-changed', mode: { type: 'confirming-stop' } });
  t.true(text().includes('Stop training?'));
  await type('y');
  t.deepEqual(commands, [{ type: 'learn' }, { type: 'stop-learning' }]);
});

test('t is named in the help and below the canvas', async t => {
  const { type, text, lines } = await showApp(t, [], { service: connectedService });
  t.true(lines().some(line => line.includes('t train')));
  await type('?');
  t.regex(text(), /p {3}t +practice, train on corrections/);
  t.true(text().includes('q Ctrl+C    quit'));
});

test('without Unicode the gate’s table is ASCII too', async t => {
  const { text } = await showApp(t, [compared(passingGate)], {
    isAscii: true,
    service: connectedService,
  });
  t.regex(text(), /^[ -~\n─│┌┐└┘]*$/);
  t.true(text().includes('20.00 > 100.00 %'));
});
