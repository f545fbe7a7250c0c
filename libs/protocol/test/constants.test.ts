import { readFile } from 'node:fs/promises';
import test from 'ava';

test('the constants load no other module, so that a program can start without the validator', async t => {
  const source = await readFile(new URL('../src/constants.ts', import.meta.url), 'utf8');
  t.notRegex(source, /^import|from '/m);
});
