// Keys on the whole screen, in a terminal emulator.

import { defaultBrush, drawStrokes } from '@digits/canvas';
import test from 'ava';
import { pixelsOn } from '../../emulated-screen.ts';
import { drawSeven, sevenStrokes } from './seven.ts';
import { showApp } from './show-app.ts';

test('keys move the pen and draw, and marks on the box show its position', async t => {
  const { screen, store, type, lines } = await showApp(t);
  await type(' ', '\u{1b}[C', 'l', ' ');
  t.like(store.getState().pen, { x: 16, y: 14, isDown: false });
  t.is(lines()[17], `Pen, brush ${defaultBrush.radius.toFixed(1)}, up at column 17, row 15`);
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
  t.true(text().includes('save as PNG, open a PNG'));
  t.deepEqual(pixelsOn(screen), [...drawStrokes(sevenStrokes)]);
  await pressEscape();
  await type(',');
  t.true(text().includes('Live prediction'));
  await type('j');
  t.true(text().includes('> Live prediction'));
});

test('a text field takes typed and pasted text, and Esc leaves it', async t => {
  const field = { type: 'typing', purpose: 'open', text: 'a', hint: '' } as const;
  const { store, type, pressEscape, submitted, commands, text } = await showApp(t, [
    { type: 'mode-changed', mode: field },
  ]);
  await type('q', 'c');
  t.like(store.getState().mode, { text: 'aqc' });
  await type('\u{1b}[200~/x\ny\u{1b}[201~');
  t.like(store.getState().mode, { text: 'aqc/xy' });
  t.true(text().includes('Open: aqc/xy'));
  await type('\t', '\r');
  t.deepEqual(commands, [{ type: 'complete-path' }]);
  t.deepEqual(submitted, ['aqc/xy']);
  await pressEscape();
  t.like(store.getState().mode, { type: 'drawing' });
});

test('keys that arrive together are all typed', async t => {
  const field = { type: 'typing', purpose: 'open', text: 'abcd', hint: '' } as const;
  const { store, typeAtOnce } = await showApp(t, [{ type: 'mode-changed', mode: field }]);
  await typeAtOnce('\u{7f}', '\u{7f}', 'x', '\u{7f}', 'y', 'z');
  t.like(store.getState().mode, { text: 'abyz' });
});

test('pasted text is not taken for keys', async t => {
  const { store, type, commands } = await showApp(t);
  const before = store.getState();
  await type('\u{1b}[200~q ccc\u{1b}[201~');
  t.is(store.getState(), before);
  t.deepEqual(commands, []);
});

test('practice names a digit and ends with the confusion matrix', async t => {
  const { act, pressEscape, text } = await showApp(t, [{ type: 'practice-began', seed: 7 }]);
  t.regex(text(), /Practice: draw a \d/);
  await act(...drawSeven, { type: 'practice-round-finished', read: 3 });
  t.regex(text(), /Practice: draw a \d {3}\d of 1 correct/);
  await pressEscape();
  t.true(text().includes('of 1 correct'));
});
