import test from 'ava';
import { boxed } from '../../src/view/canvas/box.ts';
import {
  type DisplayStyle,
  displayStyleOf,
  toDisplayableRow,
} from '../../src/view/display-style.ts';
import { summaryLines } from '../../src/view/text/practice.ts';
import { inTone } from '../../src/view/tones.ts';
import { fullColour } from '../state/beginning.ts';

const style: DisplayStyle = { colours: 'full', theme: 'dark', glyphs: 'unicode', lines: 'round' };

test('a box has round, square or ASCII lines', t => {
  t.deepEqual(boxed(['ab'], 2, { lines: 'round' }), ['╭──╮', '│ab│', '╰──╯']);
  t.deepEqual(boxed(['ab'], 2, { lines: 'square' }), ['┌──┐', '│ab│', '└──┘']);
  t.deepEqual(boxed(['ab'], 2, { lines: 'ascii' }), ['+--+', '|ab|', '+--+']);
});

test('a position in the box is marked at all four edges', t => {
  const box = boxed(['abc', 'def'], 3, { lines: 'round' }, { column: 1, row: 1 });
  t.deepEqual(box, ['╭─┬─╮', '│abc│', '├def┤', '╰─┴─╯']);
});

test('the display style has what the terminal can show and the user chose', t => {
  t.deepEqual(displayStyleOf(fullColour, 'auto', false), style);
  t.is(displayStyleOf({ ...fullColour, theme: 'light' }, 'auto', false).theme, 'light');
  t.is(displayStyleOf({ ...fullColour, theme: 'light' }, 'dark', false).theme, 'dark');
});

test('chosen ASCII keeps the lines of boxes, a terminal without Unicode does not', t => {
  t.like(displayStyleOf(fullColour, 'auto', true), { glyphs: 'ascii', lines: 'square' });
  const poor = { ...fullColour, unicode: false };
  t.like(displayStyleOf(poor, 'auto', false), { glyphs: 'ascii', lines: 'ascii' });
});

test('characters beyond ASCII have a replacement of the same width', t => {
  const ascii: DisplayStyle = { ...style, glyphs: 'ascii', lines: 'ascii' };
  t.is(toDisplayableRow('a – b … 66×22 漢', ascii), 'a - b . 66x22 ?');
  t.is(toDisplayableRow('┌─┐ – 漢', { ...ascii, lines: 'square' }), '┌─┐ - 漢');
  t.is(toDisplayableRow('a – b', style), 'a – b');
});

test('a tone colours its text and is reset after it; without colour the text is unchanged', t => {
  t.is(inTone('x', 'quiet', style), '\u{1b}[38;2;138;138;138mx\u{1b}[39m');
  t.is(inTone('x', 'strong', style), '\u{1b}[1mx\u{1b}[22m');
  for (const tone of ['plain', 'strong', 'quiet', 'accent', 'warning'] as const) {
    t.is(inTone('x', tone, { ...style, colours: 'none' }), 'x');
  }
});

test('the summary of practice is a score and a matrix that fits beside the canvas', t => {
  t.deepEqual(summaryLines([]), ['Nothing was drawn.']);
  const lines = summaryLines([
    { target: 3, read: 3 },
    { target: 3, read: null },
  ]);
  t.is(lines[0], '1 of 2 correct');
  t.is(lines[1], '   0  1  2  3  4  5  6  7  8  9  ?');
  t.is(lines[5], '3  ·  ·  ·  1  ·  ·  ·  ·  ·  ·  1');
  t.true(lines.slice(2).every(line => line.length === 34));
});
