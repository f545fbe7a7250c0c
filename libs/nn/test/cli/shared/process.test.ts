// The commands as processes: each starts, reports a mistake on stderr and sets its exit code. Their
// work is tested by calling them in the process of the test.

import test from 'ava';
import { runCommand } from '../support/run-command.ts';

const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['train', ['--speed', '9'], /unknown option '--speed'/],
  ['evaluate', ['--speed', '9'], /unknown option '--speed'/],
  ['promote', ['a', '--force'], /--force needs --why/],
  ['rollback', ['--speed', '9'], /unknown option '--speed'/],
  ['runs', ['--compare', 'a'], /--compare needs two versions/],
  ['bench', ['--runs', '0'], /whole number/],
];

for (const [name, args, expected] of refused) {
  test.serial(`nn:${name} ends bad arguments with a hint and exit code 2`, async t => {
    const { stdout, stderr, code } = await runCommand(name, ...args);
    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, expected);
    t.true(stderr.includes(`nx run nn:${name} -- --help`));
  });
}
