// nn:bench as a process, as far as it goes without measuring anything.

import test from 'ava';
import { runCommand } from '../support/run-command.ts';

test.serial('--help lists the options and exits with 0', async t => {
  const { stdout, code } = await runCommand('bench', '--help');
  t.is(code, 0);
  for (const option of ['--peers', '--profile', '--runs', '--json'])
    t.true(stdout.includes(option));
});

test.serial('arguments that are refused end it with a hint and exit code 2', async t => {
  const { stdout, stderr, code } = await runCommand('bench', '--runs', '0');
  t.is(code, 2);
  t.is(stdout, '');
  t.regex(stderr, /whole number/);
  t.regex(stderr, /nx run nn:bench -- --help/);
});
