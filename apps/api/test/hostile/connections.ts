// Slow clients, aborted connections, and header floods.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import test from 'ava';
import type { ProblemCode } from '../../src/problem.ts';
import { fileForm, formHeaders } from '../support/form.ts';
import { isProblem } from '../support/problem.ts';
import { forAllTests, good, sharedService, startService } from './service.ts';

const quickEnv = { REQUEST_TIMEOUT_MS: '1000', HEADERS_TIMEOUT_MS: '800' };
const startedQuick = startService(forAllTests, quickEnv, 0);
const started = sharedService();

const byteEveryMs = 20;

/** Parses the response that was received until the connection closed. */
function parse(response: string) {
  const [head = '', body = ''] = response.split('\r\n\r\n');
  return {
    status: Number(head.split(' ')[1]),
    contentType: /^content-type: (.*)$/im.exec(head)?.[1],
    body: JSON.parse(body),
  };
}

function requestHead(headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries({ host: 'localhost', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `POST /predict HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** Not by once(), which rejects on a reset. */
function closed(socket: Socket): Promise<void> {
  return new Promise(resolve => socket.on('error', () => {}).on('close', () => resolve()));
}

/**
 * The response until the connection closes. Data that is still in transit may reset the connection
 * after the response.
 */
async function responseOn(socket: Socket): Promise<string> {
  let response = '';
  socket.on('data', data => {
    response += data;
  });
  await closed(socket);
  return response;
}

const answerOn = async (socket: Socket) => parse(await responseOn(socket));

/**
 * Sends the start at once and the rest a byte at a time, until the connection closes. A byte that is written
 * just then ends the socket before its response is read, so another connection is tried.
 */
async function trickle(
  port: number,
  start: string,
  rest: Buffer,
  attempts = 5,
): Promise<ReturnType<typeof parse>> {
  const socket = connect(port, '127.0.0.1');
  socket.write(start);
  let at = 0;
  const timer = setInterval(() => socket.write(rest.subarray(at, ++at)), byteEveryMs);
  socket.once('close', () => clearInterval(timer));
  const response = await responseOn(socket);
  return response === '' && attempts > 1
    ? trickle(port, start, rest, attempts - 1)
    : parse(response);
}

const form = fileForm(good);
const slow: Record<string, [start: string, rest: Buffer]> = {
  'a bare picture': [
    requestHead({ 'content-type': 'image/png', 'content-length': good.length }),
    good,
  ],
  'a form': [requestHead({ ...formHeaders, 'content-length': form.length }), form],
  'a form in chunks': [
    requestHead({ ...formHeaders, 'transfer-encoding': 'chunked' }),
    Buffer.from('1\r\n-\r\n'.repeat(100)),
  ],
  'the headers': ['', Buffer.from(`POST /predict HTTP/1.1\r\n${'x: y\r\n'.repeat(100)}`)],
};

for (const [title, [start, rest]] of Object.entries(slow)) {
  test(`${title}, sent a byte at a time, are refused after the time limit`, async t => {
    t.timeout(60_000);
    const service = await startedQuick;
    isProblem(t, await trickle(service.port, start, rest), 408, 'request-timeout');
    await service.readsDigit(t);
  });
}

test('too many headers and too long ones are refused', async t => {
  t.timeout(60_000);
  const service = await started;
  for (const flood of [
    'x: y\r\n'.repeat(50_000),
    `x: ${'y'.repeat(1_000_000)}\r\n`,
    `${'z'.repeat(100_000)}: y\r\n`,
  ]) {
    const socket = connect(service.port, '127.0.0.1');
    socket.write(`GET /health/live HTTP/1.1\r\nhost: localhost\r\n${flood}\r\n`);
    isProblem(t, await answerOn(socket), 431, 'headers-too-large');
  }
  await service.readsDigit(t);
  service.tookLittleMemory(t);
});

test('two hundred aborted connections leave no memory in use', async t => {
  t.timeout(60_000);
  const service = await started;
  const start = requestHead({ ...formHeaders, 'content-length': form.length });
  const cut = async (length: number) => {
    const socket = connect(service.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(Buffer.concat([Buffer.from(start), form.subarray(0, length)]), () =>
      socket.resetAndDestroy(),
    );
    await closed(socket);
  };
  await Promise.all(Array.from({ length: 200 }, (_, i) => cut((i * 7) % form.length)));
  await service.readsDigit(t);
  service.tookLittleMemory(t);
});

const notHttp: [title: string, bytes: string, status: number, code: ProblemCode][] = [
  ['two lengths', requestHead({ 'content-length': '5\r\ncontent-length: 6' }), 400, 'bad-request'],
  [
    'a length and chunks',
    requestHead({ 'content-length': 5, 'transfer-encoding': 'chunked' }),
    400,
    'bad-request',
  ],
  ['a negative length', requestHead({ 'content-length': -1 }), 400, 'bad-request'],
  [
    'a chunk without size',
    `${requestHead({ ...formHeaders, 'transfer-encoding': 'chunked' })}zz\r\n`,
    400,
    'bad-request',
  ],
];

for (const [title, bytes, status, code] of notHttp) {
  test(`a request with ${title} is refused`, async t => {
    t.timeout(60_000);
    const service = await started;
    const socket = connect(service.port, '127.0.0.1');
    socket.write(bytes);
    isProblem(t, await answerOn(socket), status, code);
    await service.readsDigit(t);
  });
}
