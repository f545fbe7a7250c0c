// Responses to errors, of handlers and of connections, and the headers of all responses.

import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import test from 'ava';
import type { ConnectionError } from 'fastify';
import type { ModelStore } from '../../src/inference/model-store.ts';
import { answerConnectionError } from '../../src/plugins/connection-errors.ts';
import { createLoggerOptions } from '../../src/process/logger.ts';
import { buildTestApp } from '../support/app.ts';
import { draw } from '../support/drawing.ts';
import { pipeline } from '../support/files.ts';
import { LogLines } from '../support/log-lines.ts';
import { injected, isProblem } from '../support/problem.ts';

const brokenStore: ModelStore = {
  get champion(): never {
    throw new Error('a secret of the house');
  },
};

test('an unknown address is not found', async t => {
  const app = await buildTestApp(t);
  const response = await app.inject('/nowhere?x=1');
  isProblem(t, injected(response), 404, 'not-found');
});

test('a wrong method is refused with the allowed ones', async t => {
  const app = await buildTestApp(t);
  const get = await app.inject('/predict?x=1');
  isProblem(t, injected(get), 405, 'method-not-allowed');
  t.is(get.headers.allow, 'POST');

  const put = await app.inject({ method: 'PUT', url: '/health/live' });
  isProblem(t, injected(put), 405, 'method-not-allowed');
  t.is(put.headers.allow, 'GET, HEAD');
});

for (const [method, url, allow] of [
  ['PUT', '/feedback/x', 'GET, HEAD, DELETE'],
  ['PUT', '/feedback/x/image?y=1', 'GET, HEAD'],
  ['POST', '/feedback/export', 'GET, HEAD, DELETE'],
] as const) {
  test(`an address with a parameter lists its methods: ${method} ${url}`, async t => {
    const app = await buildTestApp(t);
    const response = await app.inject({ method, url });
    isProblem(t, injected(response), 405, 'method-not-allowed');
    t.is(response.headers.allow, allow);
  });
}

test('the inference protocol reports errors in its own form', async t => {
  const app = await buildTestApp(t);
  const response = await app.inject({ method: 'DELETE', url: '/v2/models/digits' });
  t.is(response.statusCode, 405);
  t.is(response.headers.allow, 'GET, HEAD');
  t.deepEqual(response.json(), {
    error: 'This address allows GET, HEAD.',
    code: 'method-not-allowed',
  });
});

for (const url of [
  '/feedback//',
  '/feedback//image',
  '/feedback/x/nothing',
  '/feedback/x//',
  '///',
]) {
  test(`an address with an empty or additional segment is not found: ${url}`, async t => {
    const app = await buildTestApp(t);
    isProblem(t, injected(await app.inject({ method: 'PUT', url })), 404, 'not-found');
  });
}

test('an address may end in a slash, on every route and without a redirect', async t => {
  const app = await buildTestApp(t);
  for (const [url, status] of [
    ['/model/', 200],
    ['/health/live/', 200],
    ['/metrics/', 200],
    ['/openapi.json/', 200],
    ['/feedback/?limit=1', 200],
    ['/disagreements/', 200],
    ['/v2/', 200],
    ['/v2/models/digits/', 200],
    ['/v2/models/digits/ready/', 200],
    ['/feedback/x/', 404],
  ] as const) {
    t.is((await app.inject(url)).statusCode, status, url);
  }
  const post = { method: 'POST', headers: { 'content-type': 'image/png' } } as const;
  for (const url of ['/predict/', '/predict/?explain', '/feedback/?label=7']) {
    const response = await app.inject({ ...post, url, payload: 'x' });
    isProblem(t, injected(response), 415, 'not-an-image');
  }
  const get = await app.inject('/predict/');
  isProblem(t, injected(get), 405, 'method-not-allowed');
  t.is(get.headers.allow, 'POST');
});

test('an address that cannot be decoded is a bad request', async t => {
  const app = await buildTestApp(t);
  isProblem(t, injected(await app.inject('/%zz')), 400, 'bad-request');
});

test('a bug is answered without details and logged in full', async t => {
  const log = new LogLines();
  const app = await buildTestApp(t, { models: brokenStore, logger: { stream: log } });
  const response = await app.inject('/health/ready');
  isProblem(t, injected(response), 500, 'internal-error');
  t.notRegex(response.body, /secret/);
  t.like(await log.waitFor(line => line.msg === 'request failed'), {
    err: { message: 'a secret of the house' },
  });
});

test('the query of an address, which may hold a key, is in no line of the log', async t => {
  const log = new LogLines();
  const options = await createLoggerOptions({ logLevel: 'trace', workers: 1 }, false);
  const app = await buildTestApp(t, { logger: { ...options, stream: log } });
  for (const url of [
    '/model?api_key=secret',
    '/nowhere?secret',
    '/feedback?label=secret&key="secret',
    // The router's error contains the whole address.
    '/%zz?token=secret',
  ])
    await app.inject({ url, headers: { 'x-request-id': 'one' } });
  // Two of Fastify's own messages, to which a reply that is sent twice leads.
  app.log.warn(
    'Reply was already sent, did you forget to … in the "/model?key=secret" (GET) route?',
  );
  app.log.error({ err: new Error('Reply was already sent … in "/model?a=\'x\\y"secret" (GET)?') });
  t.is(log.lines.filter(({ msg }) => msg === 'incoming request').length, 4);
  t.true(log.lines.some(({ url }) => url === '/model?…'));
  t.notRegex(JSON.stringify(log.lines), /secret/);
});

/** Sends bytes and reads until the connection closes. */
async function exchange(server: Pick<Server, 'address'>, bytes: string) {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(bytes);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return {
    status: Number(head.split(' ')[1]),
    contentType: /^content-type: (.*)$/im.exec(head)?.[1],
    body: JSON.parse(body),
  };
}

test('invalid HTTP is a bad request', async t => {
  const app = await buildTestApp(t);
  await app.listen({ port: 0 });
  isProblem(t, await exchange(app.server, 'hello\r\n\r\n'), 400, 'bad-request');
});

test('a request of HTTP/1.1 without Host is a bad request, one of HTTP/1.0 is answered', async t => {
  const app = await buildTestApp(t);
  await app.listen({ port: 0 });
  const request = 'GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n';
  isProblem(t, await exchange(app.server, request), 400, 'bad-request');
  t.like(await exchange(app.server, request.replace('1.1', '1.0')), { body: { status: 'live' } });
});

test('a path that is no pattern of a route has no methods', async t => {
  const app = await buildTestApp(t);
  for (const url of ['/disagreements/*/label/x', '/a/*/b', '/:a(/b', '/*x', '/feedback/*/x']) {
    isProblem(t, injected(await app.inject({ method: 'PUT', url })), 404, 'not-found');
  }
  const { headers } = await app.inject({ method: 'PUT', url: '/disagreements/*/label' });
  t.is(headers['allow'], 'POST');
});

test('an unknown header Expect is ignored', async t => {
  const app = await buildTestApp(t);
  await app.listen({ port: 0 });
  const head = 'GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n';
  for (const value of ['200-ok', '']) {
    const answer = await exchange(app.server, `${head}expect: ${value}\r\n\r\n`);
    t.like(answer, { body: { status: 'live' } });
  }
});

test('every route documents that a request may be malformed', async t => {
  const { paths } = (await (await buildTestApp(t)).inject('/openapi.json')).json();
  const operations = Object.values<Record<string, { responses: object }>>(paths);
  for (const { responses } of operations.flatMap(Object.values)) t.true('400' in responses);
});

/** Sends bytes and reads the statuses and problem codes until the connection closes. */
async function statusesAfter(server: Pick<Server, 'address'>, parts: (string | Buffer)[]) {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(Buffer.concat(parts.map(part => Buffer.from(part as string))));
  const received = await text(socket);
  const statuses = [...received.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));
  return { statuses, last: received.slice(received.lastIndexOf('HTTP/1.1 ')) };
}

test('invalid HTTP after whole requests is answered after them', async t => {
  const app = await buildTestApp(t);
  await app.listen({ port: 0 });
  // Decoded in a thread, so that the invalid bytes are parsed before it is answered.
  const picture = await pipeline(draw(7, 300)).jpeg().toBuffer();
  const request = [
    'POST /predict HTTP/1.1\r\nhost: localhost\r\ncontent-type: image/jpeg\r\n',
    `content-length: ${picture.length}\r\n\r\n`,
    picture,
  ];
  const health = 'GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n';
  const chunked =
    'POST /predict HTTP/1.1\r\nhost: localhost\r\ncontent-type: image/jpeg\r\n' +
    'transfer-encoding: chunked\r\n\r\n';
  for (const [parts, expected] of [
    [
      [...request, 'garbage\r\n\r\n'],
      [200, 400],
    ],
    [
      [...request, health, ...request, 'garbage\r\n\r\n'],
      [200, 200, 200, 400],
    ],
    // A request whose body is invalid is not waited for.
    [
      [...request, chunked, 'x\r\n'],
      [200, 400],
    ],
  ] as const) {
    const { statuses, last } = await statusesAfter(app.server, [...parts]);
    t.deepEqual(statuses, [...expected]);
    t.regex(last, /connection: close/i);
    t.like(JSON.parse(last.split('\r\n\r\n')[1] ?? ''), { code: 'bad-request' });
  }
});

test('an answer that has begun is finished when the rest of its request is missing', async t => {
  const server = createHttpServer((_request, response) => {
    response.write('begun');
    server.once('clientError', (error: ConnectionError, socket: Socket) => {
      answerConnectionError(error, socket);
      response.end(', finished');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => server.close());
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99\r\n\r\nx');
  // The server closes the connection once it has written the second part.
  socket.once('data', () => socket.end());
  const answer = await text(socket);
  t.regex(answer, /^HTTP\/1\.1 200 .*, finished\r\n0\r\n\r\n$/s);
  t.is(answer.split('HTTP/1.1').length, 2);
});

test('headers above 16 KiB are refused', async t => {
  const app = await buildTestApp(t);
  await app.listen({ port: 0 });
  const request = `GET /health/live HTTP/1.1\r\nhost: localhost\r\nlong: ${'x'.repeat(16 * 1024)}\r\n\r\n`;
  isProblem(t, await exchange(app.server, request), 431, 'headers-too-large');
});

test('a request that takes too long is answered with a timeout', async t => {
  const error = Object.assign(new Error(), {
    code: 'ERR_HTTP_REQUEST_TIMEOUT',
    bytesParsed: 0,
    rawPacket: { type: 'Buffer', data: [] },
  });
  const server = createServer(socket => answerConnectionError(error, socket));
  t.teardown(() => server.close());
  await once(server.listen(0), 'listening');
  isProblem(t, await exchange(server, 'GET / HT'), 408, 'request-timeout');
});

test('responses have the security headers', async t => {
  const app = await buildTestApp(t);
  for (const url of ['/health/live', '/nowhere', '/openapi.json']) {
    t.like((await app.inject(url)).headers, {
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
  }
});

test('the documentation may run scripts of its own origin only', async t => {
  const app = await buildTestApp(t);
  const { headers } = await app.inject('/docs/');
  t.regex(String(headers['content-security-policy']), /script-src 'self'[;,]/);
});

test('the documentation works behind a path prefix: its addresses are relative', async t => {
  const app = await buildTestApp(t);
  t.is((await app.inject('/docs')).headers.location, 'docs/');
  t.notRegex((await app.inject('/docs/')).body, /(src|href)="\//);
});

test('a request keeps the id of the client', async t => {
  const app = await buildTestApp(t);
  const headers = { 'x-request-id': 'trace-1:a.b' };
  const response = await app.inject({ url: '/health/live', headers });
  t.is(response.headers['x-request-id'], 'trace-1:a.b');
});

for (const id of ['', 'x'.repeat(65), 'a b', '{"a":1}', 'ä']) {
  test(`an id that is unsafe to log is replaced: ${id}`, async t => {
    const app = await buildTestApp(t);
    const response = await app.inject({ url: '/health/live', headers: { 'x-request-id': id } });
    t.regex(String(response.headers['x-request-id']), /^[0-9a-f-]{36}$/);
  });
}

const crossOrigin = { origin: 'https://a.example' };

test('by default no page of another origin may read an answer', async t => {
  const app = await buildTestApp(t);
  const response = await app.inject({ url: '/model', headers: crossOrigin });
  t.is(response.headers['access-control-allow-origin'], undefined);
});

test('a page of a configured origin may read an answer', async t => {
  const app = await buildTestApp(t, { corsOrigins: ['https://a.example'] });
  const response = await app.inject({ url: '/model', headers: crossOrigin });
  t.is(response.headers['access-control-allow-origin'], 'https://a.example');
  const other = await app.inject({ url: '/model', headers: { origin: 'https://b.example' } });
  t.not(other.headers['access-control-allow-origin'], 'https://b.example');
});

test('a preflight request needs no key', async t => {
  const apiKey = 'a-key-for-these-tests';
  const app = await buildTestApp(t, { apiKey, corsOrigins: ['https://a.example'] });
  const response = await app.inject({
    method: 'OPTIONS',
    url: '/predict',
    headers: { ...crossOrigin, 'access-control-request-method': 'POST' },
  });
  t.is(response.statusCode, 204);
});
