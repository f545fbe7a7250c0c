// nn:rollback; what it does to the folder is tested with src/registry.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { rollbackCommand } from '../../../cli/rollback/rollback.ts';
import { changeChampion } from '../../../src/registry/change-champion.ts';
import { readHistory } from '../../../src/registry/history.ts';
import { changeOf, emptyFolder, saveTiny } from '../../registry/models.ts';
import { callCommand } from '../support/run-command.ts';

test('the previous champion is the champion again, with the reason in the history', async t => {
  const folder = await emptyFolder(t);
  const [first, second] = [await saveTiny(folder, 1), await saveTiny(folder, 2)];
  await changeChampion(folder, changeOf(null, first));
  await changeChampion(folder, changeOf(first, second));
  const args = ['--models', folder, '--json', '--why', 'it was worse'];
  const { stdout, stderr, code } = await callCommand(rollbackCommand, ...args);
  t.is(code, 0, stderr);
  t.deepEqual(JSON.parse(stdout), {
    type: 'rollback',
    from: second.version,
    to: first.version,
  });
  t.is(stderr, `The champion is ${first.version} again, after ${second.version}.\n`);
  t.like((await readHistory(folder)).at(-1), { action: 'rollback', why: 'it was worse' });
});

test('if the folder of the previous champion is gone, the versions that are left are listed', async t => {
  const folder = await emptyFolder(t);
  const [first, second] = [await saveTiny(folder, 1), await saveTiny(folder, 2)];
  await changeChampion(folder, changeOf(null, first));
  await changeChampion(folder, changeOf(first, second));
  await rm(join(folder, first.version), { recursive: true });
  const { stdout, stderr, code } = await callCommand(rollbackCommand, '--models', folder, '--json');
  t.is(code, 2);
  t.is(stdout, '');
  const expected = `no longer has the previous champion ${first.version}: it has ${second.version};`;
  t.true(stderr.startsWith(`error model-missing: ${folder} ${expected}`), stderr);
});

test('without a previous champion the command fails with exit code 2', async t => {
  const { stdout, stderr, code } = await callCommand(
    rollbackCommand,
    '--models',
    await emptyFolder(t),
  );
  t.is(code, 2);
  t.is(stdout, '');
  t.regex(stderr, /^error history-empty: .*\n$/);
});

test('rollback --help lists the options and exits with 0', async t => {
  const { stdout, code } = await callCommand(rollbackCommand, '--help');
  t.is(code, 0);
  for (const option of ['--why', '--models', '--json']) t.true(stdout.includes(option));
});
