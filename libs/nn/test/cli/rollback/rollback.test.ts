// nn:rollback; what it does to the folder is tested with src/registry.

import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { rollbackCommand } from '../../../cli/rollback/rollback.ts';
import { loadChampion, loadVersion } from '../../../src/registry/champion.ts';
import { changeChampion } from '../../../src/registry/change-champion.ts';
import { readHistory } from '../../../src/registry/history.ts';
import { publishChampion } from '../../../src/registry/publish-champion.ts';
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

test('with --to the champion is published, its champion.json after its model', async t => {
  const folder = await emptyFolder(t);
  const target = join(await emptyFolder(t), 'published');
  const [first, second] = [await saveTiny(folder, 1), await saveTiny(folder, 2)];
  await changeChampion(folder, changeOf(null, first));
  await changeChampion(folder, changeOf(first, second));
  t.deepEqual(await publishChampion(folder, target), second);
  const { stderr, code } = await callCommand(rollbackCommand, '--models', folder, '--to', target);
  t.is(code, 0, stderr);
  t.is((await loadChampion(target)).version, first.version);
  t.is((await loadVersion(target, second)).version, second.version);
  await writeFile(join(target, first.path), 'cut');
  t.deepEqual(await publishChampion(folder, target), first);
  t.is((await loadChampion(target)).version, first.version);
});

test('a version whose file is damaged is not published', async t => {
  const folder = await emptyFolder(t);
  const target = await emptyFolder(t);
  const first = await saveTiny(folder, 1);
  await changeChampion(folder, changeOf(null, first));
  await writeFile(join(folder, first.path), 'cut');
  await t.throwsAsync(publishChampion(folder, target), { code: 'champion-digest-mismatch' });
  t.deepEqual(await readdir(target), []);
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
