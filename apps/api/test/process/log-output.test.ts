import test from 'ava';
import { type LogFiles, LogOutput, maxWaitingBytes } from '../../src/process/log-output.ts';

/** A file that a test fills and empties; `write` ends when the test calls `finish`. */
function createFile() {
  const file = {
    written: [] as Buffer[],
    get text() {
      return Buffer.concat(file.written).toString();
    },
    error: '',
    /** Of the next writes. */
    maxBytes: Number.POSITIVE_INFINITY,
    finish: () => {},
    attempts: 0,
  };
  const accept = (bytes: Buffer) => {
    file.attempts++;
    if (file.error !== '') throw Object.assign(new Error(file.error), { code: file.error });
    const written = bytes.subarray(0, file.maxBytes);
    file.written.push(written);
    return written.length;
  };
  const files: LogFiles = {
    writeSync: (_fd, bytes) => accept(bytes),
    write(_fd, bytes, onWritten) {
      file.finish = () => {
        file.finish = () => {};
        try {
          onWritten(null, accept(bytes));
        } catch (error) {
          onWritten(error as Error, 0);
        }
      };
    },
  };
  const lossLine = (count: number, reason: string) => `lost ${count}: ${reason}\n`;
  const sizes = { minWriteBytes: 11, maxWriteBytes: 13 };
  return { file, output: new LogOutput({ fd: 1, lossLine, files, ...sizes }) };
}

const longLine = `${'x'.repeat(99_999)}\n`;
const fill = (output: LogOutput) => {
  for (let bytes = 0; bytes <= maxWaitingBytes; bytes += longLine.length) output.write(longLine);
};

test('lines are joined up to the size of a write, and written in their order', t => {
  const { file, output } = createFile();
  for (const line of ['one\n', 'two\n', 'three\n', 'four\n']) output.write(line);
  t.is(file.text, '');
  file.finish();
  t.is(file.text, 'one\ntwo\n');
  output.flush();
  file.finish();
  t.is(file.text, 'one\ntwo\nthree\nfour\n');
});

test('a write that stores a part only is continued, and its line stays whole', t => {
  const { file, output } = createFile();
  file.maxBytes = 6;
  output.write('ünë lîne\n');
  for (let attempt = 0; attempt < 2; attempt++) {
    output.flush();
    file.finish();
  }
  t.is(file.text, 'ünë lîne\n');
});

for (const code of ['ENOSPC', 'EPIPE', 'EIO']) {
  test(`after ${code} lines wait within the limit, and the lost ones are counted once it is over`, t => {
    const { file, output } = createFile();
    file.error = code;
    output.write('first line\n');
    file.finish();
    fill(output);
    output.write('a short line\n');
    output.flushSync();
    t.is(file.attempts, 2);
    file.error = '';
    output.flush();
    file.finish();
    t.is(file.text, 'first line\n');
    output.write('next\n');
    output.flushSync();
    t.deepEqual(
      file.text.split('\n').filter(line => !line.startsWith('x')),
      ['first line', `lost 2: ${code}`, 'next', ''],
    );
  });
}

test('an output that is slow loses lines with a report', t => {
  const { file, output } = createFile();
  fill(output);
  file.finish();
  output.flushSync();
  t.true(file.text.endsWith('x\nlost 1: its output is too slow\n'));
});
