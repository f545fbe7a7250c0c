// The bundled program without a terminal: what it says, where, and its exit code.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { inheritedEnvironment } from './environment.ts';

const BUNDLE = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, ...args], {
    encoding: 'utf8',
    env: { ...inheritedEnvironment(), ...env },
  });
  return { status, stdout, stderr };
}

test('--help explains the program on stdout', t => {
  const { status, stdout, stderr } = run(['--help']);
  t.is(status, 0);
  t.is(stderr, '');
  t.regex(stdout, /^Usage: digits \[options\]/);
  t.regex(stdout, /--api <url> .*DIGITS_API/s);
});

test('--version is a version and nothing else', t => {
  t.deepEqual(run(['--version']), { status: 0, stdout: '0.1.0\n', stderr: '' });
});

test('an unknown option ends with 2 and says where to look', t => {
  const { status, stdout, stderr } = run(['--apo', 'x']);
  t.is(status, 2);
  t.is(stdout, '');
  t.regex(stderr, /unknown option '--apo'/);
  t.regex(stderr, /Did you mean --api\?/);
  t.regex(stderr, /--help/);
});

test('an argument that nobody asked for ends with 2', t => {
  t.is(run(['seven']).status, 2);
});

for (const url of ['nowhere', 'ftp://127.0.0.1']) {
  test(`the address ${url} ends with 2, as an option and in the environment`, t => {
    t.is(run(['--api', url]).status, 2);
    const { status, stderr } = run([], { DIGITS_API: url });
    t.is(status, 2);
    t.regex(stderr, /DIGITS_API/);
  });
}

test('without a terminal it says that it needs one and ends with 2', t => {
  t.deepEqual(run([]), {
    status: 2,
    stdout: '',
    stderr: 'digits draws in a terminal: run it with stdin and stdout on one.\n',
  });
});
