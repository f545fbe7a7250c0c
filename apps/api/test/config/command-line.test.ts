import test from 'ava';
import { readCommandLine } from '../../src/config/command-line.ts';

test('without arguments the service starts', t => {
  t.is(readCommandLine([]), undefined);
});

test('--help names every variable with its default', t => {
  const { text = '', exitCode } = readCommandLine(['--help']) ?? {};
  t.is(exitCode, 0);
  for (const name of ['HOST', 'PORT', 'API_KEY', 'SHADOW_MODEL', 'GRACE_MS'])
    t.true(text.includes(`\n  ${name}\n`));
  t.true(text.includes('Value: a whole number from 0 to 65535. Default: 8000.'));
});

test('--version is a version', t => {
  t.regex(readCommandLine(['--version'])?.text ?? '', /^\d+\.\d+\.\d+$/);
});

for (const args of [['--port', '80'], ['serve'], ['--help=yes']]) {
  test(`${args.join(' ')} is invalid`, t => {
    t.is(readCommandLine(args)?.exitCode, 2);
  });
}
