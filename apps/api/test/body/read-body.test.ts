// Bodies over a real socket: compressed ones, and those that a client announces before it sends them.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import test from 'ava';
import type { FastifyInstance } from 'fastify';
import { piecesOf } from '../../src/body/body-pieces.ts';
import { freeBody } from '../../src/body/read-body.ts';
import { buildTestApp } from '../support/app.ts';
import { draw } from '../support/drawing.ts';
import { png } from '../support/files.ts';
import { fileForm, formHeaders } from '../support/form.ts';
import { fetched, isProblem } from '../support/problem.ts';

const picture = png(draw(7, 28));
const pngHeaders = { 'content-type': 'image/png' };
const jsonHeaders = { 'content-type': 'application/json' };
const request = JSON.stringify({
  inputs: [{ name: 'input', shape: [1, 784], datatype: 'FP32', data: Array(784).fill(0.5) }],
});
const inferPath = '/v2/models/digits/infer';

/** Each route with a body, as it is sent without compression. The last one is refused for its id. */
const routes = [
  ['/predict', pngHeaders, picture, 200],
  ['/predict', formHeaders, fileForm(picture), 200],
  ['/feedback?label=7', pngHeaders, picture, 201],
  [inferPath, jsonHeaders, Buffer.from(request), 200],
  ['/disagreements/x/label', jsonHeaders, Buffer.from('{"label":7}'), 404],
] as const;

interface Sent {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly coding: string;
  readonly body: Buffer | Readable;
}

async function post(url: string, { path = '/predict', headers = pngHeaders, coding, body }: Sent) {
  const init = { method: 'POST', headers: { ...headers, 'content-encoding': coding }, body };
  return fetched(await fetch(url + path, { ...init, duplex: 'half' } as RequestInit));
}

test('a body may be compressed with gzip or deflate, on every route', async t => {
  const app = await buildTestApp(t);
  const url = await app.listen({ port: 0 });
  for (const [path, headers, body, status] of routes) {
    for (const [coding, compress] of [
      ['gzip', gzipSync],
      ['GZIP', gzipSync],
      ['deflate', deflateSync],
    ] as const) {
      const answer = await post(url, { path, headers, coding, body: compress(body) });
      t.true([status, 200].includes(answer.status), `${coding} ${path}`);
    }
    const chunks = Readable.from([gzipSync(body).subarray(0, 20), gzipSync(body).subarray(20)]);
    const answer = await post(url, { path, headers, coding: 'gzip', body: chunks });
    t.true([status, 200].includes(answer.status), `chunks ${path}`);
  }
});

test('another compression is refused in the same words on every route', async t => {
  const app = await buildTestApp(t);
  const url = await app.listen({ port: 0 });
  const details = new Set<string>();
  for (const [path, headers, body] of routes) {
    for (const coding of ['br', 'gzip, gzip']) {
      const sent = { path, headers, coding, body: brotliCompressSync(body) };
      const answer = (await post(url, sent)) as { status: number; body: Record<string, string> };
      t.is(answer.status, 415, path);
      t.is(answer.body['code'], 'unsupported-content-type');
      details.add(answer.body['detail'] ?? answer.body['error'] ?? '');
    }
  }
  t.deepEqual([...details], ['Send the body without a Content-Encoding, or as gzip or deflate.']);
});

test('a body that is damaged or not compressed as announced is refused', async t => {
  const app = await buildTestApp(t);
  const url = await app.listen({ port: 0 });
  const zipped = gzipSync(picture);
  const damaged = Buffer.from(zipped.with(30, zipped[30]! ^ 1));
  for (const body of [picture, zipped.subarray(0, -9), damaged, Buffer.alloc(0)]) {
    isProblem(t, await post(url, { coding: 'gzip', body }), 400, 'bad-request');
  }
  const padded = Buffer.concat([zipped, Buffer.alloc(200_000)]);
  t.is((await post(url, { coding: 'gzip', body: padded })).status, 200);
});

test('the limit of a compressed body is that of the inflated one, to the byte', async t => {
  const padded = Buffer.concat([picture, Buffer.alloc(1000)]);
  for (const [maxFileBytes, status] of [
    [padded.length, 200],
    [padded.length - 1, 413],
  ] as const) {
    const app = await buildTestApp(t, { maxFileBytes });
    const url = await app.listen({ port: 0 });
    t.is((await post(url, { coding: 'gzip', body: gzipSync(padded) })).status, status);
  }
});

/** A gzip member of no bytes. */
const nothing = gzipSync(Buffer.alloc(0));

test('a small body that inflates to a large one, or a large one to nothing, is refused', async t => {
  const app = await buildTestApp(t);
  const url = await app.listen({ port: 0 });
  const bomb = gzipSync(Buffer.alloc(30_000_000));
  isProblem(t, await post(url, { coding: 'gzip', body: bomb }), 413, 'file-too-large');
  const empty = Buffer.concat(Array(100).fill(nothing));
  const endless = Readable.from(
    (function* () {
      for (let i = 0; i < 1000; i++) yield empty;
    })(),
  );
  isProblem(t, await post(url, { coding: 'gzip', body: endless }), 413, 'file-too-large');
  t.is((await post(url, { coding: 'gzip', body: gzipSync(picture) })).status, 200);
});

/** Sends the headers, and the body once a 100 came; the statuses until the connection is closed. */
async function announce(app: FastifyInstance, path: string, length: number, more = '') {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: image/png\r\n${more}` +
      `content-length: ${length}\r\nexpect: 100-continue\r\n\r\n`,
  );
  let received = '';
  for await (const data of socket) {
    if (received === '' && String(data).startsWith('HTTP/1.1 100')) socket.write(picture);
    received += data;
  }
  const statuses = [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
  return { statuses, isClosed: /^connection: close\r$/im.test(received) };
}

const closing = 'connection: close\r\n';

test('a client that waits for 100 gets it before its body is read', async t => {
  const app = await buildTestApp(t);
  await app.listen({ port: 0 });
  for (const [path, statuses] of [
    ['/predict', [100, 200]],
    [inferPath, [100, 400]],
  ] as const) {
    t.deepEqual((await announce(app, path, picture.length, closing)).statuses, [...statuses]);
  }
});

test('a client that waits for 100 gets its refusal instead, and the connection closes', async t => {
  const app = await buildTestApp(t);
  await app.listen({ port: 0 });
  const closed = await buildTestApp(t, { apiKey: 'a-key-for-these-tests' });
  await closed.listen({ port: 0 });
  for (const [asked, path, length, status] of [
    [app, '/predict', 30_000_000, 413],
    [app, inferPath, 30_000_000, 413],
    [app, '/nowhere', 100, 404],
    [closed, '/predict', picture.length, 401],
  ] as const) {
    // It may send the body or another request next.
    t.deepEqual(await announce(asked, path, length), { statuses: [status], isClosed: true });
  }
});

test('a request without a body that waits for 100 keeps its connection', async t => {
  const app = await buildTestApp(t);
  await app.listen({ port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  const head = 'GET /feedback/x HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\n';
  socket.end(`${head}\r\n${head}${closing}\r\n`);
  const received = await text(socket);
  const statuses = [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
  t.deepEqual(statuses, ['100', '404', '100', '404']);
});

test('a long body is freed; a short one, which may share its memory with others, is not', t => {
  const bodies = [Buffer.alloc(64 * 1024 + 1), Buffer.alloc(64 * 1024)];
  for (const body of bodies) freeBody(body);
  t.deepEqual(
    bodies.map(({ length }) => length),
    [0, 64 * 1024],
  );
});

test('each piece of a body is freed once the next is asked for', async t => {
  const lengths: number[][] = [];
  const server = createServer(async (request, response) => {
    const used: Buffer[] = [];
    for await (const piece of piecesOf(request)) {
      used.push(piece);
      lengths.push(used.map(({ length }) => length));
    }
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  const body = Buffer.alloc(300_000);
  t.is((await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body })).status, 200);
  t.true(lengths.length > 1);
  t.is(
    lengths.reduce((sum, pieces) => sum + pieces.at(-1)!, 0),
    body.length,
  );
  for (const pieces of lengths) t.true(pieces.slice(0, -1).every(length => length === 0));
});
