// nn:bench as a process, as far as it goes without measuring anything.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import test from 'ava';

const command = fileURLToPath(new URL('../../cli/bench.ts', import.meta.url));

function run(...args: string[]) {
  return spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
}

test('--help lists the options and exits with 0', t => {
  const { stdout, status } = run('--help');
  t.is(status, 0);
  for (const option of ['--peers', '--profile', '--runs', '--json'])
    t.true(stdout.includes(option));
});

for (const [args, expected] of [
  [['--speed'], /unknown option '--speed'/],
  [['--runs', '0'], /whole number/],
  [['--runs', '1000'], /whole number/],
  [['--runs', 'five'], /whole number/],
  [['extra'], /too many arguments/],
] as const) {
  test(`${args.join(' ')} is refused with a hint and exit code 2`, t => {
    const { stdout, stderr, status } = run(...args);
    t.is(status, 2);
    t.is(stdout, '');
    t.regex(stderr, expected);
    t.regex(stderr, /nx run nn:bench -- --help/);
  });
}
