// Rate limit, overload protection and handler timeout. hostile/connections.ts tests the limits of
// requests that arrive slowly.

import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import test from 'ava';
import fastify, { type FastifyInstance } from 'fastify';
import { limitBodyMemory } from '../../src/plugins/body-memory.ts';
import { registerErrorHandlers } from '../../src/plugins/error-handlers.ts';
import { registerOverloadProtection } from '../../src/plugins/load-limits.ts';
import { buildTestApp } from '../support/app.ts';
import { draw } from '../support/drawing.ts';
import { pipeline, png } from '../support/files.ts';
import { injected, isProblem } from '../support/problem.ts';

test('an address above the rate limit gets a 429 with Retry-After', async t => {
  const app = await buildTestApp(t, { rateLimit: 2 });
  for (const remaining of ['1', '0']) {
    const response = await app.inject('/model');
    t.is(response.statusCode, 200);
    t.is(response.headers['ratelimit-remaining'], remaining);
  }
  const response = await app.inject('/model');
  isProblem(t, injected(response), 429, 'too-many-requests');
  t.regex(String(response.headers['retry-after']), /^[1-9]\d*$/);
  t.is((await app.inject({ url: '/model', remoteAddress: '192.0.2.1' })).statusCode, 200);
});

test('the probes have no rate limit', async t => {
  const app = await buildTestApp(t, { rateLimit: 1 });
  for (let request = 0; request < 3; request++) {
    t.is((await app.inject('/health/ready')).statusCode, 200);
  }
});

test('every answer but those of the probes counts', async t => {
  const config = { apiKey: 'a-key-for-these-tests', maxMemoryBytes: 1 };
  for (const request of [
    { url: '/model', headers: { 'x-api-key': 'wrong' } },
    { url: '/nowhere' },
    { url: '/v2/nowhere' },
    { url: '/%zz' },
    { url: `/feedback/${'x'.repeat(999)}` },
    { method: 'PUT' as const, url: '/predict' },
    { url: '/model', headers: { host: 'a.example' } },
    { url: '/model', headers: { origin: 'https://a.example' } },
    { url: '/docs/' },
  ]) {
    const app = await buildTestApp(t, { ...config, rateLimit: 2 });
    await app.inject(request);
    await app.inject('/health/ready');
    t.not((await app.inject(request)).statusCode, 429, request.url);
    const { statusCode, headers } = await app.inject(request);
    t.is(statusCode, 429, request.url);
    t.regex(String(headers['retry-after']), /^[1-9]\d*$/);
  }
});

test('pages of an allowed origin can read that there were too many requests', async t => {
  const origin = 'https://a.example';
  const app = await buildTestApp(t, { rateLimit: 1, corsOrigins: [origin] });
  await app.inject('/model');
  const { statusCode, headers } = await app.inject({ url: '/model', headers: { origin } });
  t.is(statusCode, 429);
  t.is(headers['access-control-allow-origin'], origin);
});

test('the addresses of an IPv6 network have one limit, and addresses may be any text', async t => {
  const app = await buildTestApp(t, { rateLimit: 1, trustedProxies: 1 });
  const from = async (address: string) =>
    (await app.inject({ url: '/model', headers: { 'x-forwarded-for': address } })).statusCode;
  t.is(await from('2001:db8::1'), 200);
  t.is(await from('2001:db8::2'), 429);
  t.is(await from('2001:db8:0:1::1'), 200);
  t.is(await from('a'.repeat(9999)), 200);
  t.is(await from(`${'a'.repeat(9998)}b`), 429);
});

test('X-Forwarded-For is used from trusted proxies only', async t => {
  for (const [trustedProxies, status] of [
    [0, 429],
    [1, 200],
  ] as const) {
    const app = await buildTestApp(t, { rateLimit: 1, trustedProxies });
    await app.inject({ url: '/model', headers: { 'x-forwarded-for': '192.0.2.1' } });
    const second = { url: '/model', headers: { 'x-forwarded-for': '192.0.2.2' } };
    t.is((await app.inject(second)).statusCode, status);
  }
});

test('under overload requests get a 503, except liveness and metrics', async t => {
  const app = fastify();
  t.teardown(() => app.close());
  registerErrorHandlers(app);
  registerOverloadProtection(app, {
    maxEventLoopDelayMs: 0,
    maxMemoryBytes: 1,
    sampleIntervalMs: 10,
  });
  for (const url of ['/health/live', '/metrics', '/predict']) app.get(url, async () => 'here');
  // Before the first sample there is no overload.
  let response = await app.inject('/predict');
  while (response.statusCode === 200) {
    await setImmediate();
    response = await app.inject('/predict');
  }
  isProblem(t, injected(response), 503, 'overloaded');
  t.is(response.headers['retry-after'], '1');
  t.is((await app.inject('/health/live')).statusCode, 200);
  t.is((await app.inject('/metrics')).statusCode, 200);
});

test.serial(
  'out of file descriptors, when memory cannot be measured, requests are answered',
  async t => {
    const { rss } = process.memoryUsage;
    t.teardown(() => {
      process.memoryUsage.rss = rss;
    });
    const app = fastify();
    t.teardown(() => app.close());
    registerOverloadProtection(app, {
      maxEventLoopDelayMs: 0,
      maxMemoryBytes: 1,
      sampleIntervalMs: 1,
    });
    app.get('/predict', async () => 'here');
    // The app's timer alone does not keep the process going.
    const keepAlive = setInterval(() => {}, 1000);
    t.teardown(() => clearInterval(keepAlive));
    let refusals = 0;
    // The second one shows that the first did not end the measurement.
    await new Promise<void>(resolve => {
      process.memoryUsage.rss = () => {
        if (++refusals === 2) resolve();
        throw new Error('EMFILE: too many open files, uv_resident_set_memory');
      };
    });
    t.is((await app.inject('/predict')).statusCode, 200);
  },
);

test('a request that is not answered in time gets a 503', async t => {
  const app = await buildTestApp(t, { handlerTimeoutMs: 50 });
  // The timer alone does not keep the process going.
  await app.listen({ port: 0 });
  const payload = new Readable({ read() {} });
  t.teardown(() => payload.destroy());
  const headers = { 'content-type': 'image/png' };
  const url = '/feedback?label=7';
  const response = await app.inject({ method: 'POST', url, headers, payload });
  isProblem(t, injected(response), 503, 'handler-timeout');
  t.is(response.headers['retry-after'], '1');
});

/** Sends bytes, and returns the status and the problem's code, or the error of the connection. */
async function exchange(app: FastifyInstance, bytes: Buffer): Promise<unknown> {
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  const [chunk] = await once(socket, 'data');
  socket.destroy();
  const [head = '', body = '{}'] = String(chunk).split('\r\n\r\n');
  return [head.split(' ')[1], JSON.parse(body).code];
}

test('the 503 of a request that is not answered in time is sent, not a reset', async t => {
  const picture = await pipeline(draw(7, 1000)).webp().toBuffer();
  const head = (path: string, length: number) =>
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: image/webp\r\ncontent-length: ${length}\r\n\r\n`;
  // The upload of a correction does not end, and decoding a picture takes more than a millisecond.
  for (const [handlerTimeoutMs, path, length] of [
    [50, '/feedback?label=7', picture.length + 1],
    [1, '/predict', picture.length],
  ] as const) {
    const app = await buildTestApp(t, { handlerTimeoutMs });
    await app.listen({ port: 0 });
    const answer = await exchange(app, Buffer.concat([Buffer.from(head(path, length)), picture]));
    t.deepEqual(answer, ['503', 'handler-timeout'], path);
  }
});

const mebibyte = 1024 * 1024;

/** A connection that has sent the headers of an upload, and none of its bytes. */
async function announceUpload(
  app: FastifyInstance,
  bytes: number,
  { path = '/predict', coding = 'identity' } = {},
) {
  const { port } = app.server.address() as AddressInfo;
  const announced = once(app.server, 'request');
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: image/png\r\n` +
      `content-encoding: ${coding}\r\ncontent-length: ${bytes}\r\n\r\n`,
  );
  const [, response] = await announced;
  return { socket, closed: once(response, 'close') };
}

for (const [what, bytes, coding] of [
  ['larger uploads', 100 * mebibyte, 'identity'],
  ['uploads that may inflate to more', 100_000, 'gzip'],
] as const)
  test(`${what} than memory has space for wait unread or are refused, and small ones are answered`, async t => {
    const app = await buildTestApp(t, { maxFileBytes: 100 * mebibyte });
    await app.listen({ port: 0 });
    const uploads = [];
    // The first one takes all of the memory, and four of them may wait.
    for (let i = 0; i < 5; i++) uploads.push(await announceUpload(app, bytes, { coding }));
    const { socket: refused } = await announceUpload(app, bytes, { coding });
    const [answer] = await once(refused, 'data');
    refused.destroy();
    t.regex(String(answer), /^HTTP\/1\.1 503 .*\r\nretry-after: 1\r\n.*"code":"overloaded"/s);

    const headers = { 'content-type': 'image/png' };
    const small = { method: 'POST', url: '/predict', headers, payload: png(draw(7, 28)) } as const;
    t.is((await app.inject(small)).statusCode, 200);

    // Clients that leave give their part back, whether their upload was being read or waited.
    for (const { socket } of uploads) socket.destroy();
    await Promise.all(uploads.map(({ closed }) => closed));
    const picture = await pipeline(draw(7, 28)).png().toBuffer();
    const large = Buffer.concat([picture, Buffer.alloc(100_000)]);
    t.is((await app.inject({ ...small, payload: large })).statusCode, 200);
  });

test('an upload that does not arrive is ended while others wait for its memory', async t => {
  const app = fastify();
  t.teardown(() => app.close());
  limitBodyMemory(app, { checkIntervalMs: 10 });
  app.addContentTypeParser('image/png', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.post('/length', { bodyLimit: 100 * mebibyte }, async ({ body }) => String(body).length);
  const url = await app.listen({ port: 0 });
  const { socket: slow } = await announceUpload(app, 100 * mebibyte, { path: '/length' });
  t.teardown(() => slow.destroy());
  const answer = once(slow, 'data');
  // It alone may take its time; this one waits for the memory.
  const headers = { 'content-type': 'image/png' };
  const body = 'a'.repeat(mebibyte);
  const response = await fetch(`${url}/length`, { method: 'POST', headers, body });
  t.is(await response.text(), String(mebibyte));
  t.regex(String(await answer), /^HTTP\/1\.1 408 .*"code":"request-timeout"/s);
});

test('an upload gives its memory back after an error', async t => {
  const app = await buildTestApp(t, { maxFileBytes: 100 * mebibyte });
  const url = await app.listen({ port: 0 });
  for (let i = 0; i < 6; i++) {
    // Chunked, so that the limit of a file is taken.
    const body = Readable.from([Buffer.from('no picture')]);
    const headers = { 'content-type': 'image/png' };
    const request = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    t.is((await fetch(`${url}/predict`, request)).status, 415);
  }
});
