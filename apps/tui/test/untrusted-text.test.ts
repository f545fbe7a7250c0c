import test from 'ava';
import { printable } from '../src/untrusted-text.ts';

test('text is kept, control characters and line breaks become spaces', t => {
  t.is(printable('Größe 漢', 40), 'Größe 漢');
  t.is(printable(' a\r\n\tb\u{1b}]0;x\u{7}\u{9b}c\u{2028}d\u{202e}e ', 40), 'a b ]0;x c d e');
});

test('text at the limit is whole, above it ends in an ellipsis', t => {
  t.is(printable('abcde', 5), 'abcde');
  t.is(printable('abcdef', 5), 'abcd…');
});
