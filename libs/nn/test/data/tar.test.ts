// Archives as they come, and as they should not.

import test from 'ava';
import { readTar } from '../../src/data/tar.ts';
import { tarBytes, tarHeader } from './export-files.ts';

const files = {
  'one.txt': Buffer.from('first'),
  'two.bin': Buffer.alloc(1031, 7),
  empty: Buffer.alloc(0),
};

test('the files of an archive come out as they went in, by their names', t => {
  const read = readTar(tarBytes(files), 'x.tar');
  t.deepEqual(
    read.map(({ name, bytes }) => [name, Buffer.from(bytes)]),
    Object.entries(files).map(([name, bytes]) => [`x.tar/${name}`, bytes]),
  );
});

test('folders before a name are taken off, and what is no plain file is passed over', t => {
  const archive = Buffer.concat([
    tarHeader('deep/er/', 0, '5'),
    tarBytes({ './deep/er/a': Buffer.from('a') }),
  ]);
  t.deepEqual(
    readTar(archive, 'x.tar').map(({ name }) => name),
    ['x.tar/a'],
  );
});

test('an empty archive holds nothing', t => {
  t.deepEqual(readTar(Buffer.alloc(1024), 'x.tar'), []);
  t.deepEqual(readTar(Buffer.alloc(0), 'x.tar'), []);
});

test('an archive cut short anywhere but between two files is data-corrupt', t => {
  const whole = tarBytes({ 'two.bin': files['two.bin'] });
  for (const length of [1, 511, 513, 512 + 1030]) {
    t.throws(() => readTar(whole.subarray(0, length), 'x.tar'), { code: 'data-corrupt' });
  }
});

test('a header that does not add up, or with a size that is no number, is data-corrupt', t => {
  const changed = tarBytes(files);
  changed[3] = 0x41;
  t.throws(() => readTar(changed, 'x.tar'), { code: 'data-corrupt' });
  const sizeless = tarHeader('a', 0);
  sizeless.fill(0x80, 124, 136);
  t.throws(() => readTar(sizeless, 'x.tar'), { code: 'data-corrupt' });
});

test('two files of one name are data-corrupt', t => {
  const twice = Buffer.concat([
    tarBytes({ a: files['one.txt'] }).subarray(0, 1024),
    tarBytes({ 'b/a': files.empty }),
  ]);
  t.throws(() => readTar(twice, 'x.tar'), { code: 'data-corrupt' });
});
