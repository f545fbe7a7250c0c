import test from 'ava';
import { bar, barLine, formatPercent } from '../../../src/view/text/bars.ts';

test('a percentage has one decimal', t => {
  t.is(formatPercent(0.98304), '98.3 %');
  t.is(formatPercent(0), '0.0 %');
  t.is(formatPercent(1), '100.0 %');
});

test('the length of a bar is its fraction, in eighths of a cell', t => {
  t.is(bar(0, 5), '     ');
  t.is(bar(1, 5), '█████');
  t.is(bar(0.5, 5), '██▌  ');
  t.is(bar(1 / 40, 5), '▏    ');
  t.is(bar(39 / 40, 5), '████▉');
});

test('an ASCII bar has whole characters', t => {
  t.is(bar(0.5, 5, 'ascii'), '###  ');
});

test('every line has the same length', t => {
  for (const glyphs of ['unicode', 'ascii'] as const) {
    for (const fraction of [0, 0.001, 0.3, 0.5, 0.999, 1]) {
      t.is(barLine(7, fraction, 11, glyphs).length, '7 '.length + 11 + ' 100.0 %'.length);
    }
  }
});
