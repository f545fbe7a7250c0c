// What the terminal can show: characters and tones.

import test from 'ava';
import {
  type DisplayStyle,
  displayableText,
  displayStyleOf,
} from '../../src/view/display-style.ts';
import { inTone } from '../../src/view/tones.ts';
import { fullColour } from '../state/example-state.ts';

const style: DisplayStyle = { colours: 'full', theme: 'dark', glyphs: 'unicode' };

test('the display style has what the terminal can show and the user chose', t => {
  t.deepEqual(displayStyleOf(fullColour, 'auto', false), style);
  t.is(displayStyleOf({ ...fullColour, theme: 'light' }, 'auto', false).theme, 'light');
  t.is(displayStyleOf({ ...fullColour, theme: 'light' }, 'dark', false).theme, 'dark');
});

test('ASCII is for those who ask for it and for a terminal without Unicode', t => {
  t.is(displayStyleOf(fullColour, 'auto', true).glyphs, 'ascii');
  t.is(displayStyleOf({ ...fullColour, unicode: false }, 'auto', false).glyphs, 'ascii');
});

test('characters beyond ASCII have a replacement of the same width', t => {
  const ascii: DisplayStyle = { ...style, glyphs: 'ascii' };
  t.is(displayableText('a – b … 66×22 漢', ascii), 'a - b . 66x22 ?');
  t.is(displayableText('é e\u{301} ﬁ', ascii), 'e e f');
  t.is(displayableText('a – b', style), 'a – b');
});

test('a tone colours its text and is reset after it; without colour the text is unchanged', t => {
  t.is(inTone('x', 'quiet', style), '\u{1b}[38;2;138;138;138mx\u{1b}[39m');
  t.is(inTone('x', 'strong', style), '\u{1b}[1mx\u{1b}[22m');
  for (const tone of ['plain', 'strong', 'quiet', 'accent', 'warning'] as const) {
    t.is(inTone('x', tone, { ...style, colours: 'none' }), 'x');
  }
});
