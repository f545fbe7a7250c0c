// The bundled program without a terminal, and the command that bundles it: output and exit code.

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import manifest from '../../package.json' with { type: 'json' };
import { closedUrl } from '../fake-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { inheritedEnvironment } from './support/environment.ts';
import { bundlePath } from './support/terminal-session.ts';

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundlePath, ...args], {
    encoding: 'utf8',
    env: { ...inheritedEnvironment(), ...env },
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

test('--help explains the program on stdout', t => {
  const { status, stdout, stderr } = run(['--help']);
  t.is(status, 0);
  t.is(stderr, '');
  t.regex(stdout, /^Usage: npm start -- \[options\]/);
  t.regex(stdout, /--api <url> .*DIGITS_API/s);
  t.regex(stdout, /--screen-reader[^-]*INK_SCREEN_READER=true/);
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

test('the app starts where no temporary file can be created', t => {
  t.is(run(['--version'], { TMPDIR: '/proc/1' }).status, 0);
});

test('an address that is not http exits with 2, as an option and in the environment', t => {
  t.is(run(['--api', 'nowhere']).status, 2);
  t.is(run(['--api', 'http://127.0.0.1/\u{1b}[2J']).status, 2);
  const { status, stderr } = run([], { DIGITS_API: 'ftp://127.0.0.1' });
  t.is(status, 2);
  t.regex(stderr, /DIGITS_API/);
  t.notRegex(run([], { DIGITS_API: 'ftp://me:secret@127.0.0.1' }).stderr, /secret/);
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

/** Prints its version when the processes that bundled it have ended; on Linux, where they are listed. */
const appPrinting = (version: string) => `
  import { readFileSync } from 'node:fs';
  import { setImmediate as turn } from 'node:timers/promises';
  const children = \`/proc/\${process.pid}/task/\${process.pid}/children\`;
  while (process.platform === 'linux' && readFileSync(children, 'utf8') !== '') await turn();
  console.log('${version}');
`;

/** A workspace that has the command, an app of one module that prints a version, and an empty page. */
function workspaceOfStart(t: ExecutionContext) {
  const root = temporaryFolder(t);
  const app = join(root, 'apps/tui');
  const file = (path: string) => join(app, path);
  const webFile = (path: string) => join(root, 'apps/web', path);
  const source = fileURLToPath(new URL('../../', import.meta.url));
  for (const name of ['start.ts', 'bundle.ts']) cpSync(join(source, name), file(name));
  mkdirSync(webFile('src'), { recursive: true });
  cpSync(join(source, '../web/bundle.ts'), webFile('bundle.ts'));
  for (const name of ['page.html', 'page.css', 'main.ts'])
    writeFileSync(webFile(`src/${name}`), '');
  symlinkSync(join(source, '../../node_modules'), join(root, 'node_modules'), 'junction');
  mkdirSync(file('src/storage'), { recursive: true });
  writeFileSync(join(root, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(file('src/storage/picture-worker.ts'), '');
  return {
    file,
    webFile,
    write: (version: string) => writeFileSync(file('src/entry.ts'), appPrinting(version)),
    start() {
      const { status, stdout, stderr } = spawnSync(process.execPath, [file('start.ts')], {
        encoding: 'utf8',
      });
      return { status, stdout, stderr };
    },
  };
}

test('npm start bundles app and page only where a source is newer, and the bundler does not stay', t => {
  const { file, webFile, write, start } = workspaceOfStart(t);
  write('one');
  t.deepEqual(start(), { status: 0, stdout: 'one\n', stderr: '' });
  t.true(existsSync(webFile('dist/page.html')));

  const bundle = file('dist/main.js');
  writeFileSync(bundle, "console.log('current');");
  writeFileSync(webFile('dist/page.html'), 'current');
  t.is(start().stdout, 'current\n');
  t.is(readFileSync(webFile('dist/page.html'), 'utf8'), 'current');

  write('two');
  utimesSync(bundle, 0, 0);
  utimesSync(webFile('dist/page.html'), 0, 0);
  t.is(start().stdout, 'two\n');
  t.is(readFileSync(webFile('dist/page.html'), 'utf8'), '');
  t.true(statSync(bundle).mtimeMs > 0);
});

test('where app and page cannot be written, npm start runs those before, or says so in a sentence', t => {
  const { file, webFile, write, start } = workspaceOfStart(t);
  write('one');
  // A rename to a folder fails for every user, on every file system.
  mkdirSync(file('dist/picture-worker.js/x'), { recursive: true });
  const folder = dirname(file('dist/main.js'));
  const reason = (outcome: string, folder: string) =>
    `${outcome}: ${RegExp.escape(folder)} cannot be written \\(E[A-Z]+\\)\\.\\n`;
  const unbuilt = start();
  t.like(unbuilt, { status: 1, stdout: '' });
  t.regex(unbuilt.stderr, new RegExp(`^${reason('The app cannot be built', folder)}$`));

  writeFileSync(file('dist/main.js'), "console.log('before');");
  utimesSync(file('dist/main.js'), 0, 0);
  const page = webFile('dist/page.html');
  rmSync(page);
  mkdirSync(page);
  utimesSync(page, 0, 0);
  const { status, stdout, stderr } = start();
  t.deepEqual({ status, stdout }, { status: 0, stdout: 'before\n' });
  const reasons = [
    reason('The app runs as it was built before', folder),
    reason('The page for browsers stays as it was built before', dirname(page)),
  ];
  t.regex(stderr, new RegExp(`^${reasons.join('')}$`));
  rmSync(folder, { recursive: true });
});
