import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import test from 'ava';
import { collectStderrTail, summarizeStderr } from '../../src/service/stderr-tail.ts';

test('of much that was written the last is kept', async t => {
  const stderr = new PassThrough();
  const lastWords = collectStderrTail(stderr);
  stderr.end(`${'x'.repeat(5000)} and that was all`);
  await once(stderr, 'end');
  t.true(lastWords().endsWith('x and that was all'));
  t.is(lastWords().length, 2000);
});

test('of a stack trace the error tells, of anything else all, without control characters', t => {
  t.is(summarizeStderr('at a.ts\nRangeError: No model.\n    at b.ts'), 'RangeError: No model');
  t.is(summarizeStderr('There is no\nmodel\u{1b}[2J.'), 'There is no model [2J');
  t.is(summarizeStderr(''), '');
});
