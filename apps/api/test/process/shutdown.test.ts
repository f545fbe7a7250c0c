// Shutdown of the service over real sockets, in processes of its own.

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import { draw } from '../support/drawing.ts';
import { png } from '../support/files.ts';
import { chunk, insertAfterHeader } from '../support/png-chunks.ts';
import { listeningUrl, spawnService } from '../support/service.ts';
import { writeTinyModel } from '../support/tiny-model.ts';

const modelsDir = await writeTinyModel();
test.after.always(() => rm(modelsDir, { recursive: true }));

const unfinished =
  'POST /predict HTTP/1.1\r\nhost: localhost\r\ncontent-type: image/png\r\ncontent-length: 99\r\n\r\nx';

/** A service with a client that has sent half a request and sends no more. */
async function serviceWithStuckClient(t: ExecutionContext, graceMs: string) {
  t.timeout(60_000);
  const dataDir = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(dataDir, { recursive: true, force: true }));
  const env = { MODELS_DIR: modelsDir, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'debug' };
  const service = spawnService(t, { ...env, GRACE_MS: graceMs });
  const url = await listeningUrl(service.child);
  const port = Number(new URL(url).port);
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.write(unfinished);
  await service.log.waitFor(line => line.msg === 'incoming request');
  return { ...service, url, port };
}

test('after the grace period, neither a stuck upload nor an unread export delays the exit', async t => {
  const { child, ended, url, port } = await serviceWithStuckClient(t, '50');
  await storeMuch(url);
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.write('GET /feedback/export HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await once(socket, 'data');
  socket.pause();
  child.kill('SIGINT');
  t.deepEqual(await ended, { exitCode: 0, stderr: '' });
});

test('during the grace period idle connections are closed, probes get a 503, and a second signal ends the process', async t => {
  const { child, log, ended, port } = await serviceWithStuckClient(t, '3600000');
  const probe = connect(port, '127.0.0.1');
  // A request that has begun keeps its connection; its end comes after the signal.
  probe.write('GET /health/ready HTTP/1.1\r\nhost: localhost\r\n');
  const idle = await idleConnection(port);
  child.kill('SIGTERM');
  await log.waitFor(line => line.msg === 'closing');
  t.is(await text(idle), '');
  probe.write('\r\n');
  const [head = '', body = ''] = (await text(probe)).split('\r\n\r\n');
  t.regex(head, /^HTTP\/1\.1 503 /);
  t.regex(head, /^connection: close$/im);
  t.regex(head, /^retry-after: 1$/im);
  t.like(JSON.parse(body), { code: 'shutting-down', status: 503 });
  child.kill('SIGTERM');
  t.deepEqual(await ended, { exitCode: null, stderr: '' });
  t.is(child.signalCode, 'SIGTERM');
});

const live = 'GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n';

test('requests that waited in the backlog and on kept connections at the signal are answered', async t => {
  const { child, ended } = spawnService(t, { MODELS_DIR: modelsDir, PORT: '0' });
  const port = Number(new URL(await listeningUrl(child)).port);
  const kept = await Promise.all(Array.from({ length: 7 }, () => idleConnection(port)));
  // A stopped process is as one whose event loop is busy: connections wait in the kernel.
  child.kill('SIGSTOP');
  const waiting = await Promise.all(
    Array.from({ length: 101 }, async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    }),
  );
  const answers = [...kept, ...waiting].map(text);
  for (const socket of [...kept, ...waiting]) {
    await new Promise(sent => socket.write(live, sent));
  }
  child.kill('SIGTERM');
  child.kill('SIGCONT');
  for (const answer of await Promise.all(answers)) t.regex(answer, /^HTTP\/1\.1 200 /);
  t.regex((await answers.at(-1)) ?? '', /^connection: close$/im);
  t.deepEqual(await ended, { exitCode: 0, stderr: '' });
});

/** A kept connection whose only request has been answered. */
async function idleConnection(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.write('GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await once(socket, 'data');
  return socket;
}

/** Stores more than the buffers between a server and its client hold: 24 MB of text in pictures. */
async function storeMuch(url: string): Promise<void> {
  const filler = chunk('tEXt', Buffer.from(`Comment\0${'x'.repeat(6_000_000)}`));
  const body = insertAfterHeader(png(draw(7, 28)), filler);
  const headers = { 'content-type': 'image/png' };
  for (const label of [0, 1, 2, 3]) {
    const response = await fetch(`${url}/feedback?label=${label}`, {
      method: 'POST',
      headers,
      body,
    });
    if (response.status !== 201) throw new Error(await response.text());
  }
}
