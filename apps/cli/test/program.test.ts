// The program as a process: which command it runs, and how it refuses arguments.

import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { isTooOld } from '../src/oldest-node.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

function digits(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    timeout: 30_000,
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
  });
  return { stdout, stderr, status };
}

for (const [args, message] of [
  [['trian'], /^error: unknown command 'trian'\n\(Did you mean train\?\)\nSee digits --help\.\n$/],
  [['seven.PNG'], /To read pictures: digits predict seven\.PNG\n/],
  [['--ascii', 'train'], /The command comes first: digits train \[options\]\n/],
] as const) {
  test(`digits ${args.join(' ')} is refused with a hint and exit code 2`, t => {
    const { stdout, stderr, status } = digits(args);
    t.is(stdout, '');
    t.regex(stderr, message);
    t.is(status, 2);
  });
}

test('--help lists the options of the app and every command', t => {
  const { stdout, status } = digits(['--help']);
  t.is(status, 0);
  t.regex(stdout, /^Usage: digits \[options\] \| <command> \[options\]\n/);
  for (const word of ['--ascii', 'predict', 'serve', 'train', 'completion']) {
    t.true(stdout.includes(`\n  ${word} `), word);
  }
});

test('a command is run with its own arguments, named as a command of digits', t => {
  const folder = mkdtempSync(join(tmpdir(), 'digits-cli-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const env = { MODELS_DIR: '', DATA_DIR: '', XDG_DATA_HOME: folder };
  const { stdout, status } = digits(['help', 'runs'], env);
  t.is(status, 0);
  t.regex(stdout, /^Usage: digits runs \[options\]\n/);
  t.true(stdout.replaceAll(/\s+/g, '').includes(join(folder, 'digits/models')));
});

for (const args of [['--version'], ['serve', '--version']]) {
  test(`digits ${args.join(' ')} needs neither a home folder nor one for temporary files`, t => {
    const env = { HOME: '/proc/1', TMPDIR: '/proc/1', XDG_CACHE_HOME: '' };
    const { stdout, status } = digits(args, env);
    t.is(status, 0);
    t.regex(stdout, /^\d+\.\d+\.\d+\n$/);
  });
}

const testWithFull = existsSync('/dev/full') ? test : test.skip;

for (const command of [[], ['predict'], ['serve'], ['train']]) {
  testWithFull(`a help of ${command[0] ?? 'digits'} that finds no space is an error`, t => {
    const full = openSync('/dev/full', 'w');
    t.teardown(() => closeSync(full));
    const { status, stderr } = spawnSync(process.execPath, [main, ...command, '--help'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
      timeout: 30_000,
    });
    t.is(status, 2);
    t.regex(stderr, /^.*(disk is full|no space left).*\n$/);
  });
}

test('only a Node.js before the oldest one is too old', t => {
  const versions = [
    '20.20.2',
    '22.9.0',
    '22.15.1',
    '22.16.0',
    '22.23.1',
    '24.0.0',
    '25.0.0-nightly',
  ];
  t.deepEqual(versions.filter(isTooOld), ['20.20.2', '22.9.0', '22.15.1']);
});
