// Colours as control sequences, in each palette.

import test from 'ava';
import fc from 'fast-check';
import { colourSequence, inTone, mixColours, type Rgb } from '../src/index.ts';

const part = fc.integer({ min: 0, max: 255 });
const colours: fc.Arbitrary<Rgb> = fc.tuple(part, part, part);

test('24-bit colour is exact', t => {
  t.is(colourSequence('foreground', [1, 22, 255], 'full'), '\u{1b}[38;2;1;22;255m');
  t.is(colourSequence('background', [1, 22, 255], 'full'), '\u{1b}[48;2;1;22;255m');
});

test('with 256 colours the nearest is used, greys from the finer ramp', t => {
  t.is(colourSequence('foreground', [0, 0, 0], 256), '\u{1b}[38;5;16m');
  t.is(colourSequence('foreground', [255, 255, 255], 256), '\u{1b}[38;5;231m');
  t.is(colourSequence('background', [128, 128, 128], 256), '\u{1b}[48;5;244m');
  t.is(colourSequence('background', [255, 0, 0], 256), '\u{1b}[48;5;196m');
});

test('with 16 colours the nearest is used', t => {
  t.is(colourSequence('foreground', [0, 0, 0], 16), '\u{1b}[30m');
  t.is(colourSequence('foreground', [255, 255, 255], 16), '\u{1b}[97m');
  t.is(colourSequence('background', [130, 120, 130], 16), '\u{1b}[100m');
});

test('with 16 colours every tone has a colour of its own, but borders are as quiet as quiet text', t => {
  for (const theme of ['light', 'dark'] as const) {
    const tones = ['quiet', 'accent', 'warning', 'for', 'against'] as const;
    const shown = tones.map(tone => inTone('x', tone, { colours: 16, theme }));
    t.is(new Set(shown.map(text => /\[(3\d|9\d)m/.exec(text)?.[1])).size, tones.length);
  }
});

test('without colour there is no sequence', t => {
  fc.assert(fc.property(colours, rgb => t.is(colourSequence('foreground', rgb, 'none'), '')));
});

test('a lighter grey never becomes darker in the palette of 256', t => {
  const index = (grey: number) => {
    const sequence = colourSequence('foreground', [grey, grey, grey], 256);
    const code = Number(/5;(\d+)m/.exec(sequence)?.[1]);
    return code === 16 ? 0 : code === 231 ? 256 : code === 59 ? 95 : code;
  };
  const shades = Array.from({ length: 256 }, (_, grey) => index(grey)).filter(code => code > 231);
  t.deepEqual(
    shades,
    shades.toSorted((one, other) => one - other),
  );
});

test('a mix is the first colour at 0 and the second at 1', t => {
  const property = fc.property(colours, colours, (from, to) => {
    t.deepEqual(mixColours(from, to, 0), from);
    t.deepEqual(mixColours(from, to, 1), to);
  });
  fc.assert(property);
});
