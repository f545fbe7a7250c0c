// Responses to bytes that are no valid HTTP request, to ones that arrive too slowly, and to unusual headers.

import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import test from 'ava';
import type { ConnectionError } from 'fastify';
import { answerConnectionError } from '../../src/plugins/connection-errors.ts';
import { buildTestApp } from '../support/app.ts';
import { draw } from '../support/drawing.ts';
import { pipeline } from '../support/files.ts';
import { isProblem } from '../support/problem.ts';

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

test('an unknown header Expect is ignored', async t => {
  const app = await buildTestApp(t);
  await app.listen({ port: 0 });
  const head = 'GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n';
  for (const value of ['200-ok', '']) {
    const answer = await exchange(app.server, `${head}expect: ${value}\r\n\r\n`);
    t.like(answer, { body: { status: 'live' } });
  }
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
