import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { NnError } from '@digits/nn';
import test from 'ava';
import { repository } from '../src/config/installation.ts';
import { heapArguments, mallocEnvironment } from '../src/process/memory-settings.ts';
import { explainStartupFailure } from '../src/process/startup-failure.ts';
import { draw } from './support/drawing.ts';
import { png } from './support/files.ts';
import { listeningUrl, mainModule, spawnService, spawnSupervised } from './support/service.ts';
import { writeTinyModel } from './support/tiny-model.ts';

const onDemandImport = /\{([^{}]*)\} = await import\('[@\w]/g;

const modelsDir = await writeTinyModel();
// Without overload protection, so that no test depends on the machine's load.
const env = { MODELS_DIR: modelsDir, PORT: '0', MAX_EVENT_LOOP_DELAY_MS: '0' };
test.after.always(() => rm(modelsDir, { recursive: true }));

test('a parent process receives the address, and the service exits with it', async t => {
  const { child, ended } = spawnService(t, env);
  const [message] = await once(child, 'message');
  t.deepEqual(Object.keys(message), ['type', 'url']);
  t.is(message.type, 'listening');
  t.regex(message.url, /^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
  t.is((await fetch(`${message.url}/health/ready`)).status, 200);

  child.disconnect();
  t.deepEqual(await ended, { exitCode: 0, stderr: '' });
});

test('SIGTERM lets a request in flight finish, then the service exits with 0', async t => {
  const { child, log, ended } = spawnService(t, { ...env, LOG_LEVEL: 'debug' });
  const { port } = new URL(await listeningUrl(child));
  const picture = png(draw(7, 28));
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    'POST /predict HTTP/1.1\r\nhost: localhost\r\ncontent-type: image/png\r\n' +
      `content-length: ${picture.length}\r\n\r\n`,
  );
  socket.write(picture.subarray(0, 99));
  await log.waitFor(line => line.msg === 'incoming request');

  child.kill('SIGTERM');
  await log.waitFor(line => line.msg === 'closing');
  socket.write(picture.subarray(99));
  t.regex(await text(socket), /^HTTP\/1\.1 200 /);
  t.deepEqual(await ended, { exitCode: 0, stderr: '' });
});

const testWithFull = existsSync('/dev/full') ? test : test.skip;

testWithFull('a service whose log finds no space answers, and ends on a signal', async t => {
  t.timeout(60_000);
  const full = openSync('/dev/full', 'w');
  t.teardown(() => closeSync(full));
  const child = fork(mainModule, {
    env,
    stdio: ['ignore', full, 'inherit', 'ipc'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  const url = await listeningUrl(child);
  // The log of one answer fills no write.
  for (let i = 0; i < 50; i++) t.is((await fetch(`${url}/nowhere`)).status, 404);
  child.kill('SIGTERM');
  t.deepEqual(await once(child, 'exit'), [0, null]);
});

test('SIGINT ends the service with 0', async t => {
  const { child, ended } = spawnService(t, env);
  await listeningUrl(child);
  child.kill('SIGINT');
  t.deepEqual(await ended, { exitCode: 0, stderr: '' });
});

test('every invalid variable is reported, one a line', async t => {
  const { ended } = spawnService(t, { ...env, PORT: 'banana', LOG_LEVEL: 'loud' });
  const { exitCode, stderr } = await ended;
  t.is(exitCode, 2);
  t.is(
    stderr,
    'PORT must be a whole number from 0 to 65535, not "banana".\n' +
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, not "loud".\n',
  );
});

test('without a model the start fails with an error code', async t => {
  const { ended } = spawnService(t, { ...env, MODELS_DIR: '/nowhere' });
  const { exitCode, stderr } = await ended;
  t.is(exitCode, 2);
  t.regex(stderr, /^No model to serve: .*\(champion-missing\)\.\n$/);
});

test('a champion that cannot be served is reported with the command that restores the previous one', t => {
  const error = new NnError('model-unsupported', 'v1 failed its self-test');
  t.deepEqual(explainStartupFailure(error, repository), [
    'No model to serve: v1 failed its self-test (model-unsupported).',
    'Restore the previous champion: npx nx run nn:rollback',
  ]);
});

test('a port in use is reported, with a remedy, and ends node --watch as well', async t => {
  const other = createServer();
  await once(other.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => other.close());
  const { port } = other.address() as AddressInfo;

  const variables = { ...env, PORT: String(port) };
  const { exitCode, stderr } = await spawnService(t, variables, ['--watch']).ended;
  t.is(exitCode, 2);
  t.is(
    stderr,
    `Port ${port} is in use. Stop the process that listens on it, or set PORT to another (0 picks a free one).\n`,
  );
});

test('packages are imported on demand by their default export, the only one in the bundle', t => {
  const folder = new URL('../src/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const imports = files
    .filter(file => file.endsWith('.ts'))
    .flatMap(file => [...readFileSync(new URL(file, folder), 'utf8').matchAll(onDemandImport)]);
  t.true(imports.length > 3);
  for (const [statement, names] of imports) t.regex(names ?? '', /^ default: \w+ $/, statement);
});

test('a service that starts without settings of its memory restarts with them, in the same process', async t => {
  t.pass();
  if (process.platform !== 'linux') return;
  const { child, log } = spawnSupervised(t, env);
  await log.waitFor(line => line.msg?.startsWith('Server listening') === true);
  const variables = readFileSync(`/proc/${child.pid}/environ`, 'latin1').split('\0');
  for (const [name, value] of Object.entries(mallocEnvironment)) {
    t.deepEqual(
      variables.filter(text => text.startsWith(name)),
      [`${name}=${value}`],
    );
  }
  t.true(variables.includes(`MODELS_DIR=${modelsDir}`));
  const command = readFileSync(`/proc/${child.pid}/cmdline`, 'latin1').split('\0');
  t.deepEqual(command.slice(1, 1 + heapArguments.length), heapArguments);
});

// The restarted process has the variable, and is the Node that it is.
const asOldNode = `if (!process.env.MALLOC_MMAP_THRESHOLD_) {
  Object.defineProperty(process.versions, 'node', { value: '20.20.2' });
  delete process.execve;
}`;

test('called with an old Node, the service runs with the Node of the project, which gets its signals', async t => {
  t.pass();
  if (!['linux', 'win32'].includes(process.platform)) return;
  const { child, log, ended } = spawnSupervised(t, env, asOldNode);
  const { pid } = await log.waitFor(line => line.msg?.startsWith('Server listening') === true);
  t.not(pid, child.pid);
  child.kill('SIGTERM');
  t.deepEqual(await ended, { exitCode: 0, stderr: '' });
});

test('called with an old Node over an IPC channel, the service names the Node that it needs', async t => {
  const execArgv = [`--import=data:text/javascript,${encodeURIComponent(asOldNode)}`];
  const { ended } = spawnService(t, env, execArgv);
  const { exitCode, stderr } = await ended;
  t.is(exitCode, 1);
  t.regex(stderr, /^Node 24 or later is needed, and this is v\d\S+: install it .+\n$/);
});

test('on a terminal, the service names the address of its documentation', async t => {
  const preload = '--import=data:text/javascript,process.stdout.isTTY=true';
  const child = spawn(process.execPath, [preload, mainModule], { env });
  t.teardown(() => child.kill('SIGKILL'));
  const address = /at http:\/\/127\.0\.0\.1:\d+\/docs/;
  let output = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    output += text;
    if (address.test(output)) break;
  }
  t.regex(output, address);
});
