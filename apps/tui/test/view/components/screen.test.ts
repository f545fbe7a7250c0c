// Keys and learning on the whole screen, in a terminal emulator, and the display for screen readers:
// sentences, one a line, and no box.

import { EventEmitter } from 'node:events';
import { defaultBrush, drawStrokes } from '@digits/canvas';
import { rasterOf } from '@digits/client';
import test from 'ava';
import { render, renderToString } from 'ink';
import { createElement } from 'react';
import type { Command } from '../../../src/input/command.ts';
import type { Action } from '../../../src/state/action.ts';
import type { Learning } from '../../../src/state/learning/learning.ts';
import { drawingMode, type Mode, settingRows } from '../../../src/state/mode.ts';
import { reduce } from '../../../src/state/reducer.ts';
import type { State } from '../../../src/state/state.ts';
import { createTokenizer } from '../../../src/terminal/tokenizer.ts';
import { parseGate } from '../../../src/trainer/trainer-output.ts';
import { SpokenScreen } from '../../../src/view/components/SpokenScreen.tsx';
import { layoutOf } from '../../../src/view/layout.ts';
import { keyAt, settingAt } from '../../../src/view/places.ts';
import { keyHintLines, keyHints } from '../../../src/view/text/keys.ts';
import { pixelsOn } from '../../emulated-screen.ts';
import { sevenPrediction } from '../../fake-service.ts';
import { connectedService, exampleState, fullColour } from '../../state/example-state.ts';
import { passingGate, stoppingGate } from '../../trainer/gate-rows.ts';
import { drawSeven, explained, seenPixels, sevenStrokes } from './seven.ts';
import { showApp } from './show-app.ts';

test('keys move the pen and draw, and marks on the box show its position', async t => {
  const { screen, store, type, lines } = await showApp(t);
  await type(' ', '\u{1b}[C', 'l', ' ');
  t.like(store.getState().pen, { x: 16, y: 14, isDown: false });
  const tool = `Pen, brush ${defaultBrush.radius.toFixed(1)}, up at column 17, row 15`;
  t.true(lines()[17]?.startsWith(`╭─ ${tool} ─`));
  // The pen's pixel has a colour that is no grey.
  t.is(screen.cell(1 + 16, 2 + 7).foreground, 0xffb000);
  t.is(lines()[1]?.indexOf('┬'), 1 + 16);
  t.is(lines()[16]?.indexOf('┴'), 1 + 16);
  t.is(lines()[2 + 7]?.[0], '├');
  t.is(lines()[2 + 7]?.[29], '┤');
});

test('Enter requests a prediction, q and Ctrl+C quit', async t => {
  const { commands, type } = await showApp(t);
  await type('\r', 'q', '\u{3}');
  t.deepEqual(commands, [{ type: 'request-prediction' }, { type: 'quit' }, { type: 'quit' }]);
});

test('f and a digit correct, even if they arrive together', async t => {
  const { commands, type, pressEscape, text } = await showApp(t, drawSeven);
  await type('f');
  t.true(text().includes('Which digit is it?'));
  await pressEscape();
  await type('f4');
  t.deepEqual(commands, [{ type: 'correct', digit: 4 }]);
});

test('corrections are confirmed and counted on the screen', async t => {
  const { act, text } = await showApp(t, drawSeven);
  await act(
    { type: 'corrections-counted', corrections: { saved: 3, waiting: 2 } },
    { type: 'notice-shown', notice: { text: 'saved: it was a 4', isBad: false } },
  );
  t.true(text().includes('saved: it was a 4'));
  t.true(text().includes('3 corrections saved, 2 to send'));
});

test('the help and the settings are shown beside the canvas', async t => {
  const { screen, type, pressEscape, text } = await showApp(t, drawSeven);
  await type('?');
  t.true(text().includes('save, open or drop a file'));
  t.deepEqual(pixelsOn(screen), [...drawStrokes(sevenStrokes)]);
  await pressEscape();
  await type(',');
  t.true(text().includes('Live prediction'));
  await type('j');
  t.true(text().includes('> Live prediction'));
});

for (const [columns, rows] of [
  [66, 22],
  [101, 37],
  [200, 60],
] as const) {
  test(`at ${columns}×${rows} every hint is where a click on it is looked up`, async t => {
    const { store, act, lines } = await showApp(t, [], { columns, rows });
    const modes: readonly Mode[] = [
      ...[drawingMode, { type: 'correcting' }, { type: 'help', top: 0 }],
      ...[{ type: 'settings', row: 0 }, { type: 'confirming-stop' }],
    ] as const;
    for (const mode of modes) {
      await act({ type: 'mode-changed', mode });
      const { keyLines } = layoutOf({ columns, rows })!;
      const below = keyHintLines(store.getState(), keyLines.rows, keyLines.columns).flat();
      const listed = columns === 200 || mode.type === 'help' ? keyHints.slice(0, 9) : [];
      const isActive = mode.type === 'drawing' || mode.type === 'help';
      for (const [keys, meaning] of [...below, ...(isActive ? listed : [])]) {
        const text = below.some(hint => hint[1] === meaning)
          ? `${keys} ${meaning}`
          : `${keys.padEnd(12)}${meaning.split(' ')[0]}`;
        const y = lines().findLastIndex(line => line.includes(text));
        const x = lines()[y]?.lastIndexOf(text) ?? -1;
        const [first = ''] = keys.split(' ');
        t.is(keyAt(store.getState(), { x, y }), first, text);
        t.is(keyAt(store.getState(), { x: x + text.length - 1, y }), first, text);
        t.not(keyAt(store.getState(), { x: x - 1, y }), first, text);
      }
      if (mode.type !== 'settings') continue;
      const y = lines().findIndex(line => line.includes('Theme'));
      const x = lines()[y]?.indexOf('Theme') ?? -1;
      t.is(settingRows[settingAt(store.getState(), { x, y }) ?? -1], 'theme');
    }
  });
}

test('a text field takes typed and pasted text, and Esc leaves it', async t => {
  const field = { type: 'typing', purpose: 'open', text: 'a', hint: '' } as const;
  const { store, type, pressEscape, commands, text } = await showApp(t, [
    { type: 'mode-changed', mode: field },
  ]);
  await type('q', 'c');
  t.like(store.getState().mode, { text: 'aqc' });
  await type('\u{1b}[200~/x\ny\u{1b}[201~');
  t.like(store.getState().mode, { text: 'aqc/xy' });
  t.true(text().includes('Open: aqc/xy'));
  await type("\u{1b}[200~'/a b/c.png'  /d.png\n\u{1b}[201~");
  t.true(text().includes('Open: aqc/xy/a b/c.png'));
  t.true(text().includes('1 more file was not used.'));
  await type('\t', '\r');
  t.deepEqual(commands, [{ type: 'complete-path' }, { type: 'submit-text' }]);
  await pressEscape();
  t.like(store.getState().mode, { type: 'drawing' });
});

test('keys that arrive together are all typed', async t => {
  const field = { type: 'typing', purpose: 'open', text: 'abcd', hint: '' } as const;
  const { store, typeAtOnce } = await showApp(t, [{ type: 'mode-changed', mode: field }]);
  await typeAtOnce('\u{7f}', '\u{7f}', 'x', '\u{7f}', 'y', 'z');
  t.like(store.getState().mode, { text: 'abyz' });
});

test('a thousand keys that arrive together are drawn once', async t => {
  const field = { type: 'typing', purpose: 'open', text: '', hint: '' } as const;
  const { store, typeAtOnce, text, written } = await showApp(t, [
    { type: 'mode-changed', mode: field },
  ]);
  const before = written().length;
  await typeAtOnce(...Array.from({ length: 500 }, () => ['x', '\u{7f}']).flat(), 'end');
  t.like(store.getState().mode, { text: 'end' });
  t.true(text().includes('Open: end'));
  t.is(written().slice(before).split('\u{1b}[?2026h').length, 2);
});

test('the cursor of a text field moves with the arrows, and characters go where it is', async t => {
  const field = { type: 'typing', purpose: 'open', text: 'ac', hint: '' } as const;
  const { type, text, written } = await showApp(t, [{ type: 'mode-changed', mode: field }]);
  await type('\u{1b}[D', 'b', '\u{1b}[H', '_');
  t.true(text().includes('Open: _abc'));
  t.true(written().includes('\u{1b}[7ma'));
});

test('pasted text is not taken for keys: the app says that it was not used', async t => {
  const { store, type, commands, text } = await showApp(t, drawSeven);
  const drawn = rasterOf(store.getState());
  await type('\u{1b}[200~q ccc\u{1b}[201~');
  t.is(rasterOf(store.getState()), drawn);
  t.true(text().includes('The pasted text was not used: it is not the path of a file.'));
  t.deepEqual(commands, []);
});

test('files that are dropped on the canvas are opened, and answer no question', async t => {
  const showing = await showApp(t);
  const { store, act, commands } = showing;
  const text = "'/a b.png' /c.png ";
  const dropped = `\u{1b}[200~${text}\u{1b}[201~`;
  const open: Command = { type: 'open-files', text, paths: ['/a b.png', '/c.png'] };
  await showing.type(dropped, 'f', dropped, '?', dropped);
  t.deepEqual(commands, [open, open, open]);
  for (const type of ['asking-consent', 'confirming-training', 'summary'] as const) {
    await act({ type: 'mode-changed', mode: { type } });
    const asking = store.getState();
    await showing.type(dropped);
    t.is(store.getState(), asking);
  }
  t.is(commands.length, 3);
});

test('practice names a digit and ends with the confusion matrix', async t => {
  const { act, pressEscape, store, text } = await showApp(t, [{ type: 'practice-began', seed: 7 }]);
  t.regex(text(), /Practice: draw an? \d/);
  await act(...drawSeven);
  const drawing = rasterOf(store.getState());
  await act({ type: 'practice-round-finished', drawing, read: null });
  t.regex(text(), /Practice: draw an? \d {3}0 of 1 correct/);
  t.regex(text(), /Enter try again {2}n next/);
  await pressEscape();
  t.true(text().includes('of 1 correct'));
});

test('a drawing that is misread on purpose leads on, and its summary has no matrix', async t => {
  const { act, pressEscape, store, text } = await showApp(t, [
    { type: 'practice-began', seed: 7 },
    { type: 'practice-game-switched' },
    ...drawSeven,
  ]);
  const read = ((store.getState().practice?.target ?? 0) + 1) % 10;
  await act({ type: 'practice-round-finished', drawing: rasterOf(store.getState()), read });
  t.regex(text(), /Enter next {2}g other game/);
  await pressEscape();
  t.regex(text(), /Practice .*\n.*1 of 1 misread on purpose/);
  t.false(text().includes('·'));
});

const training: Learning = {
  type: 'training',
  progress: { fraction: 0.42, epoch: 2, epochs: 3, remainingMs: 15_000 },
};
const found: Action = {
  type: 'suspects-found',
  suspects: [{ id: 'a1', label: 4, why: 'unlike', predicted: 9, confidence: 0.8 }],
};
const changed = (learning: Learning): Action => ({ type: 'learning-changed', learning });
const compared = (gate: object): Action =>
  changed({ type: 'compared', gate: parseGate(JSON.stringify(gate)) });

for (const [columns, rows] of [
  [66, 22],
  [80, 24],
  [100, 30],
] as const) {
  const shown = { columns, rows, service: connectedService };

  test(`at ${columns}×${rows} the status line shows the training while the user draws`, async t => {
    const { screen, text, act } = await showApp(t, [found, changed(training)], shown);
    t.true(text().includes('Training: 42 %, epoch 2 of 3, 0:15 left'));
    t.true(
      text()
        .replaceAll(/[\s│]*\n[\s│]*/g, ' ')
        .includes('1 correction looks wrong and is left out: F shows it.'),
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
    t.true(lines().some(line => line.includes('y promote  n keep champion')));
    t.false(text().includes('corruption 17'));
    await typeAtOnce(...Array(passingGate.rows.length - 1).fill('\u{1b}[B'));
    t.regex(text(), /= weights .*400k → 400k/);
    t.deepEqual(pixelsOn(screen), [...drawStrokes(sevenStrokes)]);
    await type('y');
    t.deepEqual(commands, [{ type: 'decide', decision: 'promote' }]);
  });

  test(`at ${columns}×${rows} a gate that is not passed shows why and offers no promotion`, async t => {
    const { text } = await showApp(t, [compared(stoppingGate)], shown);
    t.true(text().includes('Not promoted: worse on MNIST validation images.'));
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
  await type('\u{1b}[F');
  t.true(text().includes('q Ctrl+C    quit'));
});

test('no text on the screen can steer the terminal', async t => {
  const text = 'A\u{1b}]52;c;aGk=\u{7}\u{1b}[2J\u{1b}[?1006l\u{9b}2J\r\u{8}\u{1b}PxB\u{1b}\\C';
  const { written } = await showApp(t, [{ type: 'notice-shown', notice: { text, isBad: true } }], {
    service: {
      status: 'connected',
      origin: 'found',
      url: text,
      model: { name: text, version: text },
    },
  });
  for (const part of [']52', '[2J', '1006', '\r', '\u{7}', '\u{8}', '\u{9b}']) {
    t.false(written().includes(part), JSON.stringify(part));
  }
});

const spoken = (state: State): string[] => {
  return renderToString(createElement(SpokenScreen, { state }), { columns: 200 }).split('\n');
};

test('the prediction is a sentence', t => {
  const drawn = drawSeven.reduce(reduce, exampleState({ service: connectedService }));
  const predicted = { raster: rasterOf(drawn), prediction: sevenPrediction, isExplained: false };
  const lines = spoken({ ...drawn, predicted });
  t.is(lines[1], 'The predicted digit is 7, 98 percent certain.');
  t.true(lines.includes('Service ready: model 5.7.11, running at http://127.0.0.1:8000'));
  t.notRegex(lines.join('\n'), /[╭│█▀]/);
});

test('a blank drawing is described, and the keys are listed', t => {
  const capabilities = { ...fullColour, isScreenReader: true };
  const lines = spoken(exampleState({ capabilities }));
  t.is(lines[1], 'Nothing is drawn.');
  t.is(lines[2], 'Draw a digit with the arrows and Space.');
  t.true(lines.at(-1)?.endsWith('question mark: help, q: quit.'));
});

test('the help and the settings are spoken, the selected one marked', t => {
  const help = spoken(exampleState({ mode: { type: 'help', top: 0 } })).join(' ');
  for (const [, meaning] of keyHints) t.true(help.includes(meaning), meaning);
  t.true(help.includes('left bracket or right bracket: narrower brush'));
  const settings = spoken(exampleState({ mode: { type: 'settings', row: 2 } }));
  t.true(settings.includes('Live prediction: yes.'));
  t.true(settings.includes('Selected: Theme: auto.'));
});

test('the evidence is spoken by its places, for the prediction on the screen only', t => {
  const drawn = drawSeven.reduce(reduce, exampleState({ service: connectedService }));
  const saliency = seenPixels.map((_, index) =>
    index === 5 * 28 + 20 ? 1 : index === 14 * 28 + 14 ? 0.5 : index === 22 * 28 + 5 ? -1 : 0,
  );
  const predicted = (raster: State['pendingRaster']) => ({
    ...{ raster: raster ?? rasterOf(drawn), isExplained: true },
    prediction: { ...explained, saliency },
  });
  const evidence = (parts: Partial<State>) =>
    spoken({ ...drawn, isExplaining: true, ...parts }).find(line => /evidence/i.test(line));
  const sentence =
    'Evidence for 7: mostly at the top right and in the middle; against it: mostly at the bottom left.';
  t.is(evidence({ predicted: predicted(undefined) }), sentence);
  t.is(evidence({ predicted: predicted(undefined), isExplaining: false }), undefined);
  t.is(evidence({}), 'Evidence is on: the next prediction comes with it.');
  const settings = { ...drawn.settings, isLive: false };
  t.is(
    evidence({ predicted: predicted(drawStrokes([[[3, 5]]])), settings }),
    'The evidence is of an earlier drawing.',
  );
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

type Typing = Extract<Mode, { type: 'typing' }>;

/** The bytes that terminals send, and what is left of `ab/cd ef` with the cursor behind the space. */
const lineEditing: readonly (readonly [bytes: string, text: string])[] = [
  ...['\u{1}', '\u{1b}[H', '\u{1b}OH', '\u{1b}[1~', '\u{1b}[7~', '\u{1b}[1;5H', '\u{1b}[7$'].map(
    home => [home, '|ab/cd ef'] as const,
  ),
  ...['\u{5}', '\u{1b}[F', '\u{1b}OF', '\u{1b}[4~', '\u{1b}[8~', '\u{1b}[1;2F', '\u{1b}[8^'].map(
    end => [end, 'ab/cd ef|'] as const,
  ),
  ...['\u{1b}b', '\u{1b}[1;5D', '\u{1b}[1;3D', '\u{1b}Od'].map(
    wordLeft => [wordLeft, 'ab/|cd ef'] as const,
  ),
  ...['\u{1b}f', '\u{1b}[1;5C', '\u{1b}[1;3C', '\u{1b}Oc'].map(
    wordRight => [wordRight, 'ab/cd ef|'] as const,
  ),
  ...['\u{2}', '\u{1b}[D', '\u{1b}OD'].map(left => [left, 'ab/cd| ef'] as const),
  ...['\u{6}', '\u{1b}[C', '\u{1b}OC'].map(right => [right, 'ab/cd e|f'] as const),
  ...['\u{7f}', '\u{8}'].map(backspace => [backspace, 'ab/cd|ef'] as const),
  ...['\u{4}', '\u{1b}[3~'].map(del => [del, 'ab/cd |f'] as const),
  ...['\u{1b}\u{7f}', '\u{1b}\u{8}', '\u{17}'].map(word => [word, 'ab/|ef'] as const),
  ...['\u{1b}d', '\u{1b}[3;5~', '\u{b}'].map(rest => [rest, 'ab/cd |'] as const),
  ['\u{15}', '|ef'],
  ['\u{14}', 'ab/cde |f'],
  ['\u{15}\u{5}\u{19}', 'efab/cd |'],
];

test('the keys of line editing edit the text, in all forms that terminals send', async t => {
  const mode = { type: 'typing', purpose: 'open', text: 'ab/cd ef', cursor: 6, hint: '' } as const;
  const { store, type, act } = await showApp(t);
  for (const [bytes, expected] of lineEditing) {
    await act({ type: 'mode-changed', mode });
    for (const key of createTokenizer().push(Buffer.from(bytes))) {
      if (key.type === 'key') await type(key.sequence);
    }
    const { text, cursor = text.length } = store.getState().mode as Typing;
    t.is(`${text.slice(0, cursor)}|${text.slice(cursor)}`, expected, JSON.stringify(bytes));
  }
});

test('a long text is shown around its cursor, in one line', async t => {
  const names = ['start', ...Array(20).fill('0123456789'), 'end'];
  const { text, act } = await showApp(t, [
    {
      type: 'mode-changed',
      mode: { type: 'typing', purpose: 'open', text: names.join('/'), hint: 'the hint' },
    },
  ]);
  t.regex(text(), /Open: ….*\/end *│\n│ the hint/);
  await act({ type: 'text-edited', edit: { type: 'move-to-start' } });
  t.regex(text(), /Open: start\/.*… *│\n│ the hint/);
});

test('a screen reader gets the text of a field whole, wherever the cursor is', t => {
  let written = '';
  const stdout = Object.assign(new EventEmitter(), {
    columns: 80,
    write: (text: string) => {
      written += text;
    },
  });
  const mode = { type: 'typing', purpose: 'open', text: '/a/b.png', cursor: 4, hint: '' } as const;
  const spoken = createElement(SpokenScreen, { state: exampleState({ mode }) });
  render(spoken, { stdout: stdout as never, debug: true, isScreenReaderEnabled: true }).unmount();
  t.regex(written, /^Open: +\/a\/b\.png$/m);
});
