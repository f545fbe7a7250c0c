// The bundled program without a terminal: its output and its exit code.

import { spawnSync } from 'node:child_process';
import test from 'ava';
import manifest from '../../package.json' with { type: 'json' };
import { closedUrl } from '../fake-service.ts';
import { inheritedEnvironment } from './support/environment.ts';
import { bundlePath } from './support/terminal-session.ts';

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundlePath, ...args], {
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
  t.deepEqual(run(['--version']), { status: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

test('an unknown option exits with 2 and refers to --help', t => {
  const { status, stdout, stderr } = run(['--apo', 'x']);
  t.is(status, 2);
  t.is(stdout, '');
  t.regex(stderr, /unknown option '--apo'/);
  t.regex(stderr, /Did you mean --api\?/);
  t.regex(stderr, /--help/);
});

test('an argument exits with 2', t => {
  t.is(run(['seven']).status, 2);
});

test('an address that is not http exits with 2, as an option and in the environment', t => {
  t.is(run(['--api', 'nowhere']).status, 2);
  t.is(run(['--api', 'http://127.0.0.1/\u{1b}[2J']).status, 2);
  const { status, stderr } = run([], { DIGITS_API: 'ftp://127.0.0.1' });
  t.is(status, 2);
  t.regex(stderr, /DIGITS_API/);
});

test('without a terminal it prints what to use instead and exits with 2', t => {
  const { status, stdout, stderr } = run([]);
  t.is(status, 2);
  t.is(stdout, '');
  t.is(
    stderr,
    [
      'digits needs a terminal for its input and output.',
      'To read pictures without one: npm run predict -- FILE…, or pipe a picture into npm run predict.',
      'To examine a terminal: npm start -- --doctor.',
      '',
    ].join('\n'),
  );
});

test('the doctor works without a terminal', t => {
  const { status, stdout, stderr } = run(['--doctor'], { TERM: 'xterm-256color' });
  t.is(status, 0);
  t.is(stderr, '');
  t.regex(stdout, /^Node +v24\./);
  t.regex(stdout, /^Input and output +not a terminal$/m);
  t.regex(stdout, /^Colours +24-bit$/m);
  t.regex(stdout, /^To change:\n- Run the app with its input and output on a terminal/m);
});

test('the doctor writes one JSON document', t => {
  const { status, stdout } = run(['--doctor', '--json'], { NO_COLOR: '1', DIGITS_API: closedUrl });
  t.is(status, 0);
  const { advice, capabilities, service } = JSON.parse(stdout);
  t.is(capabilities.colours, 'none');
  t.like(service, { url: closedUrl, isGiven: true, problem: 'Nothing listens there.' });
  t.true(advice.length >= 3);
});
