// Text of others made printable, and the message for streams that are no terminal.

import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import test from 'ava';
import { noTerminalText } from '../src/command-line.ts';
import {
  collectStderrTail,
  printable,
  printableJson,
  summarizeStderr,
} from '../src/untrusted-text.ts';

test('text is kept, control characters and line breaks become spaces', t => {
  t.is(printable('Größe 漢', 40), 'Größe 漢');
  t.is(printable(' a\r\n\tb\u{1b}]0;x\u{7}\u{9b}c\u{2028}d\u{202e}e ', 40), 'a b ]0;x c d e');
});

test('text at the limit is unchanged, longer text ends in an ellipsis', t => {
  t.is(printable('abcde', 5), 'abcde');
  t.is(printable('abcdef', 5), 'abcd…');
});

test('printed JSON has no character that can steer a terminal, and the same value', t => {
  const value = { path: 'é\u{1b}[2J\u{9b}2J\u{7f}\u{202e}\u{2028}\u{e0041}漢😀', list: [1, 'a'] };
  for (const indent of [undefined, 2]) {
    const json = printableJson(value, indent);
    t.notRegex(json, /[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
    t.true(json.includes('é') && json.includes('漢😀'));
    t.deepEqual(JSON.parse(json), value);
  }
});

test('the tail of a long stderr is kept', async t => {
  const stderr = new PassThrough();
  const lastWords = collectStderrTail(stderr);
  stderr.end(`${'x'.repeat(5000)} and that was all`);
  await once(stderr, 'end');
  t.true(lastWords().endsWith('x and that was all'));
  t.is(lastWords().length, 2000);
});

test('a stack trace is summarized by its error, other text as a whole, without control characters', t => {
  t.is(summarizeStderr('at a.ts\nRangeError: No model.\n    at b.ts'), 'RangeError: No model');
  t.is(summarizeStderr('There is no\nmodel\u{1b}[2J.'), 'There is no model [2J');
  t.is(summarizeStderr(''), '');
});

test('the message names the stream that is not a terminal, and what to use instead', t => {
  const text = noTerminalText(
    { stdin: true, stdout: false },
    { predict: 'npm run predict --', doctor: 'npm start -- --doctor' },
  );
  t.regex(text, /^digits needs a terminal for its output\.\n/);
  t.regex(text, /npm run predict/);
  t.regex(text, /--doctor/);
});
