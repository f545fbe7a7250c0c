// The end of the service over real sockets, in a process of its own.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import { pipeline } from './support/files.ts';
import { listeningUrl, spawnService } from './support/service.ts';
import { writeTinyModel } from './support/tiny-model.ts';

const modelsDir = await writeTinyModel();
const env = { MODELS_DIR: modelsDir, PORT: '0', LOG_LEVEL: 'debug' };
test.after.always(() => rm(modelsDir, { recursive: true }));

const unfinished =
  'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: image/png\r\ncontent-length: 99\r\n\r\nx';

/** A service with a client that has sent half a request and sends no more. */
async function serviceWithStuckClient(t: ExecutionContext, graceMs: string) {
  const service = spawnService(t, { ...env, GRACE_MS: graceMs });
  const { port } = new URL(await listeningUrl(service.child));
  const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
  socket.write(unfinished);
  await service.log.waitFor(line => line.msg === 'incoming request');
  return { ...service, port: Number(port) };
}

test('a client that hangs does not hold the end up, and the end is a good one', async t => {
  const { child, ended } = await serviceWithStuckClient(t, '50');
  child.kill('SIGTERM');
  t.deepEqual(await ended, { exitCode: 0, stderr: '' });
});

test('whoever asks while the service is closing hears that another one is to be asked', async t => {
  const { child, log, port } = await serviceWithStuckClient(t, '3600000');
  const probe = connect(port, '127.0.0.1');
  // A request that has begun keeps its connection; what it asks comes after the signal.
  probe.write('GET /health/ready HTTP/1.1\r\nhost: x\r\n');
  await answered(curious(port));
  child.kill('SIGTERM');
  await log.waitFor(line => line.msg === 'closing');
  probe.write('\r\n');
  const [head = '', body = ''] = (await text(probe)).split('\r\n\r\n');
  t.regex(head, /^HTTP\/1\.1 503 /);
  t.regex(head, /^connection: close$/im);
  t.regex(head, /^retry-after: 1$/im);
  t.like(JSON.parse(body), { code: 'shutting-down', status: 503 });
});

test('an archive that nobody reads to its end does not hold the end up', async t => {
  const dataDir = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(dataDir, { recursive: true }));
  const { child, ended } = spawnService(t, { ...env, DATA_DIR: dataDir, GRACE_MS: '50' });
  const url = await listeningUrl(child);
  await storeMuch(url);
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
  socket.write('GET /feedback/export HTTP/1.1\r\nhost: x\r\n\r\n');
  await once(socket, 'data');
  socket.pause();
  child.kill('SIGTERM');
  t.deepEqual(await ended, { exitCode: 0, stderr: '' });
});

test('a second signal ends the service at once', async t => {
  const { child, log, ended } = await serviceWithStuckClient(t, '3600000');
  child.kill('SIGTERM');
  await log.waitFor(line => line.msg === 'closing');
  child.kill('SIGTERM');
  t.is((await ended).exitCode, 1);
});

test('a connection on which nothing is asked is closed', async t => {
  const { child, log, port } = await serviceWithStuckClient(t, '3600000');
  const idle = curious(port);
  await answered(idle);
  child.kill('SIGTERM');
  await log.waitFor(line => line.msg === 'closing');
  t.is(await text(idle), '');
});

/** A client that asks and stays. */
function curious(port: number): Socket {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.write('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n');
  return socket;
}

/** More than the buffers between a server and its client hold. */
async function storeMuch(url: string): Promise<void> {
  const side = 2000;
  const noise = { side, data: randomBytes(side * side) };
  const body = await pipeline(noise).png().toBuffer();
  const headers = { 'content-type': 'image/png' };
  for (const label of [0, 1, 2, 3]) {
    await fetch(`${url}/feedback?label=${label}`, { method: 'POST', headers, body });
  }
}

async function answered(socket: Socket): Promise<void> {
  await once(socket, 'data');
}
