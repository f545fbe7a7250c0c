// The embedded service in a child process, and the file that it is started from.

import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { programsInWorkspace } from '../../src/programs.ts';
import { type EmbeddedService, startEmbeddedService } from '../../src/service/embedded-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type ChildName, childEntry } from './child.ts';

/** Starts a service that is stopped with the test, however that ends. */
function start(
  t: ExecutionContext,
  name: ChildName,
  { startTimeoutMs = 60_000, stopTimeoutMs = 60_000 } = {},
): EmbeddedService {
  const service = startEmbeddedService({
    program: [childEntry(name)],
    startTimeoutMs,
    stopTimeoutMs,
  });
  t.teardown(service.stop);
  return service;
}

test('a service that listens reports its address and answers there', async t => {
  const service = start(t, 'listens');
  const response = await fetch(`${await service.listening}/health/ready`);
  t.like(await response.json(), { status: 'ready' });
});

test('a busy machine does not keep a service from answering, unless the user sets a limit', async t => {
  const limitOf = async () => {
    const response = await fetch(`${await start(t, 'listens').listening}/limit`);
    return response.text();
  };
  t.is(await limitOf(), '0');
  process.env['MAX_EVENT_LOOP_DELAY_MS'] = '500';
  t.teardown(() => delete process.env['MAX_EVENT_LOOP_DELAY_MS']);
  t.is(await limitOf(), '500');
});

test('a stopped service has exited, and its port is closed', async t => {
  const service = start(t, 'listens');
  const url = await service.listening;
  await service.stop();
  await t.throwsAsync(fetch(url));
  t.regex(await service.ended, /^it ended with /);
});

test('stopping twice does no harm', async t => {
  const service = start(t, 'listens');
  await service.listening;
  await Promise.all([service.stop(), service.stop()]);
  await t.notThrowsAsync(service.stop());
});

test('a service that is stopped before it listens never does', async t => {
  const service = start(t, 'says-nothing');
  await service.stop();
  t.like(await t.throwsAsync(service.listening), { code: 'service-not-started' });
});

test('a service that ignores SIGTERM is killed', async t => {
  const service = start(t, 'will-not-end', { stopTimeoutMs: 20 });
  await service.listening;
  await service.stop();
  t.is(await service.ended, 'it ended with signal SIGKILL');
});

test('a service that fails is reported with its error', async t => {
  t.like(await t.throwsAsync(start(t, 'fails').listening), {
    code: 'service-not-started',
    message: 'The embedded service did not start: it ended with exit code 1: RangeError: No model.',
  });
});

test('a service that exits with a message is reported with that message', async t => {
  const service = start(t, 'refuses');
  t.is(await service.ended, 'it ended with exit code 3: There is no model. Train one first');
  await t.throwsAsync(service.listening);
});

test('a service that does not listen in time has not started', async t => {
  const service = start(t, 'says-nothing', { startTimeoutMs: 20 });
  t.like(await t.throwsAsync(service.listening), {
    code: 'service-not-started',
    message: 'The embedded service did not start: it was not ready after 0.02 s.',
  });
});

const bundle = 'apps/api/dist/main.js';

/** A workspace with some files, each with its modification time in seconds. */
function workspaceOf(t: ExecutionContext, files: Readonly<Record<string, number>>): string {
  const root = temporaryFolder(t);
  const folders = new Set<string>();
  for (const [name, second] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    utimesSync(path, second, second);
    for (let folder = dirname(name); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  }
  for (const folder of folders) utimesSync(join(root, folder), 1, 1);
  return root;
}

for (const [what, files, entry] of [
  [
    'a bundle that is newer than all it is made from is started',
    { [bundle]: 7, 'apps/api/src/main.ts': 5, 'libs/nn/src/index.ts': 3 },
    bundle,
  ],
  [
    'where there is no bundle the source is started',
    { 'apps/api/src/main.ts': 5 },
    'apps/api/src/main.ts',
  ],
  [
    'a bundle that is older than the service is not started',
    { [bundle]: 7, 'apps/api/src/routes/x.ts': 11 },
    'apps/api/src/main.ts',
  ],
  [
    'a bundle that is older than the network is not started',
    { [bundle]: 7, 'libs/nn/src/a/b.ts': 11 },
    'apps/api/src/main.ts',
  ],
  [
    'a bundle that is older than the installed libraries is not started',
    { [bundle]: 7, 'package-lock.json': 11 },
    'apps/api/src/main.ts',
  ],
] as const) {
  test(what, t => {
    const root = workspaceOf(t, files);
    t.deepEqual(programsInWorkspace(root).findService(), [join(root, entry)]);
  });
}
