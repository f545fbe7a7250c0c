import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import test from 'ava';
import { answerConnectionError } from '../../src/plugins/connection-errors.ts';
import { buildTestApp } from '../support/app.ts';
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

test('headers above 16 KiB are refused', async t => {
  const app = await buildTestApp(t);
  await app.listen({ port: 0 });
  const request = `GET /health/live HTTP/1.1\r\nhost: x\r\nlong: ${'x'.repeat(16 * 1024)}\r\n\r\n`;
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
