import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import test from 'ava';
import { readLines } from '../../src/trainer/lines.ts';

async function linesOf(pieces: readonly (string | Buffer)[], maxCharacters = 20) {
  const heard: string[] = [];
  const stream = new PassThrough();
  readLines(stream, {
    maxCharacters,
    onLine: line => heard.push(line),
    onTooLong: () => heard.push('too long'),
  });
  const ended = once(stream, 'end');
  for (const piece of pieces) stream.write(piece);
  stream.end();
  await ended;
  return heard;
}

test('lines are whole wherever the stream is split, and the last needs no end', async t => {
  const bytes = Buffer.from('one\n\nzwölf\n3');
  for (let split = 0; split <= bytes.length; split++) {
    t.deepEqual(await linesOf([bytes.subarray(0, split), bytes.subarray(split)]), [
      'one',
      'zwölf',
      '3',
    ]);
  }
});

test('a line of the limit is one, and after a longer one nothing is heard', async t => {
  const longest = 'x'.repeat(20);
  t.deepEqual(await linesOf([`${longest}\n`, 'y\n']), [longest, 'y']);
  t.deepEqual(await linesOf([`${longest}x\n`, 'y\n']), ['too long']);
  t.deepEqual(await linesOf([longest, 'x', 'y\n', 'z']), ['too long']);
});
