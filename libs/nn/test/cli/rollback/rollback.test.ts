// nn:rollback as a process; what it does to the folder is tested with src/model-file.

import test from 'ava';
import { changeChampion } from '../../../src/registry/change-champion.ts';
import { readHistory } from '../../../src/registry/history.ts';
import { changeOf, emptyFolder, saveTiny } from '../../registry/models.ts';
import { runCommand } from '../support/run-command.ts';

test.serial(
  'the champion before is the champion again, with the reason in the history',
  async t => {
    const folder = await emptyFolder(t);
    const [first, second] = [await saveTiny(folder, 1), await saveTiny(folder, 2)];
    await changeChampion(folder, changeOf(null, first));
    await changeChampion(folder, changeOf(first, second));
    const args = ['--models', folder, '--json', '--why', 'it was worse'];
    const { stdout, stderr, code } = await runCommand('rollback', ...args);
    t.is(code, 0, stderr);
    t.deepEqual(JSON.parse(stdout), {
      type: 'rollback',
      from: second.version,
      to: first.version,
    });
    t.is(stderr, `The champion is ${first.version} again, after ${second.version}.\n`);
    t.like((await readHistory(folder)).at(-1), { action: 'rollback', why: 'it was worse' });
  },
);

test.serial('where there is nothing to go back to, that is said, with exit code 2', async t => {
  const { stdout, stderr, code } = await runCommand('rollback', '--models', await emptyFolder(t));
  t.is(code, 2);
  t.is(stdout, '');
  t.regex(stderr, /^error history-empty: .*\n$/);
});

test.serial('rollback --help lists the options and exits with 0', async t => {
  const { stdout, code } = await runCommand('rollback', '--help');
  t.is(code, 0);
  for (const option of ['--why', '--models', '--json']) t.true(stdout.includes(option));
});
