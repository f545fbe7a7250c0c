// Tar archives, valid and malformed.

import test from 'ava';
import { readTar } from '../../src/data/tar.ts';
import { tarBytes, tarHeader } from './export-files.ts';

const files = {
  'one.txt': Buffer.from('first'),
  'two.bin': Buffer.alloc(1031, 7),
  empty: Buffer.alloc(0),
};

test('every file of an archive is returned with its name and bytes', t => {
  const read = readTar(tarBytes(files), 'x.tar');
  t.deepEqual(
    read.map(({ name, bytes }) => [name, Buffer.from(bytes)]),
    Object.entries(files).map(([name, bytes]) => [`x.tar/${name}`, bytes]),
  );
});

test('folders are cut off names, and everything but plain files is skipped', t => {
  const archive = Buffer.concat([
    tarHeader('deep/er/', 0, '5'),
    tarBytes({ './deep/er/a': Buffer.from('a') }),
  ]);
  t.deepEqual(
    readTar(archive, 'x.tar').map(({ name }) => name),
    ['x.tar/a'],
  );
});

test('an empty archive has no files', t => {
  t.deepEqual(readTar(Buffer.alloc(1024), 'x.tar'), []);
  t.deepEqual(readTar(Buffer.alloc(0), 'x.tar'), []);
});

test('an archive truncated inside a file or header is data-corrupt', t => {
  const whole = tarBytes({ 'two.bin': files['two.bin'] });
  for (const length of [1, 511, 513, 512 + 1030]) {
    t.throws(() => readTar(whole.subarray(0, length), 'x.tar'), { code: 'data-corrupt' });
  }
});

test('a header with a wrong checksum, or a size that is not a number, is data-corrupt', t => {
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
