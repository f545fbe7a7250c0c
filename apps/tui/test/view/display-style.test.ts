import test from 'ava';
import {
  type DisplayStyle,
  displayStyleOf,
  toDisplayableRow,
} from '../../src/view/display-style.ts';
import { inTone } from '../../src/view/tones.ts';
import { fullColour } from '../state/example-state.ts';

const style: DisplayStyle = { colours: 'full', theme: 'dark', glyphs: 'unicode', lines: 'round' };

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
