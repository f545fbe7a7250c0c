// Files that are never read to their end: the service starts, serves and ends all the same.

import { spawnSync } from 'node:child_process';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { listeningUrl, spawnService, spawnSupervised } from '../test/support/service.ts';
import { writeTinyModel } from '../test/support/tiny-model.ts';

/** The path of a FIFO in a folder of its own. */
async function makeFifo(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const fifo = join(folder, 'fifo');
  t.is(spawnSync('mkfifo', [fifo]).status, 0);
  return fifo;
}

test('a thread that waits for a file for ever does not keep the process from ending', async t => {
  // A FIFO without a writer stands for a mount that hangs.
  const path = JSON.stringify(await makeFifo(t));
  const folder = await writeTinyModel();
  t.teardown(() => rm(folder, { recursive: true }));
  const script = `import { open } from 'node:fs'; open(${path}, 'r', () => {});`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(script)}`;
  const { child, ended } = spawnService(t, { MODELS_DIR: folder, PORT: '0', NODE_OPTIONS });
  await listeningUrl(child);
  child.kill('SIGTERM');
  t.deepEqual(await ended, { exitCode: 0, stderr: '' });
});

test('a champion.json that becomes a FIFO is refused, and the old champion stays', async t => {
  const folder = await writeTinyModel();
  t.teardown(() => rm(folder, { recursive: true }));
  const { child, log, ended } = spawnService(t, { MODELS_DIR: folder, PORT: '0' });
  const url = await listeningUrl(child);
  await rename(await makeFifo(t), join(folder, 'champion.json'));
  const refused = await log.waitFor(line => line.msg === 'model refused');
  t.is(refused['code'], 'champion-missing');
  t.is((await fetch(`${url}/health/ready`)).status, 200);
  child.kill('SIGTERM');
  t.deepEqual(await ended, { exitCode: 0, stderr: '' });
});

test('a service that starts with a FIFO as champion is live, not ready, and ends at once', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await rename(await makeFifo(t), join(folder, 'champion.json'));
  const { child, log, ended } = spawnSupervised(t, { MODELS_DIR: folder, PORT: '0' });
  const { msg } = await log.waitFor(line => /listening at/.test(String(line.msg)));
  const url = /http:.*/.exec(String(msg))?.[0];
  t.is((await fetch(`${url}/health/live`)).status, 200);
  t.is((await fetch(`${url}/health/ready`)).status, 503);
  child.kill('SIGINT');
  t.deepEqual(await ended, { exitCode: 0, stderr: '' });
});
