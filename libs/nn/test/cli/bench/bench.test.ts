import test from 'ava';
import { benchCommand } from '../../../cli/bench/bench.ts';
import { callCommand } from '../support/run-command.ts';

test('--help lists the options and exits with 0', async t => {
  const { stdout, code } = await callCommand(benchCommand, '--help');
  t.is(code, 0);
  for (const option of ['--peers', '--profile', '--runs', '--json']) {
    t.true(stdout.includes(option));
  }
});
