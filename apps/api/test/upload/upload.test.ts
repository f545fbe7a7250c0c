// POST /predict over a real socket: refused requests.

import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import type { ProblemDetails } from '@digits/protocol';
import test from 'ava';
import type { ProblemCode } from '../../src/problem.ts';
import { buildTestApp } from '../support/app.ts';
import { draw } from '../support/drawing.ts';
import { claimSize, pipeline, png } from '../support/files.ts';
import { fileForm, formBody, formHeaders } from '../support/form.ts';
import { LogLines } from '../support/log-lines.ts';
import { fetched, isProblem } from '../support/problem.ts';

type Refusal = [status: number, code: ProblemCode];
type Headers = Readonly<Record<string, string>>;

const picture = png(draw(7, 28));
const file = { name: 'file', filename: 'seven.png', type: 'image/png', content: picture };
const pngHeaders = { 'content-type': 'image/png' };

async function post(url: string, headers: Headers, body: Buffer | string | Readable | null) {
  const request = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
  return fetched(await fetch(`${url}/predict`, request));
}

const isRefused = test.macro({
  async exec(
    t,
    [status, code]: Refusal,
    headers: Headers,
    body: Buffer | string | null | Promise<Buffer>,
  ) {
    const app = await buildTestApp(t);
    const url = await app.listen({ port: 0 });
    isProblem(t, await post(url, headers, await body), status, code);
    t.is((await post(url, pngHeaders, picture)).status, 200, 'the next one is answered');
  },
  title: (request = '', [status, code]: Refusal) => `${request} is refused: ${status} ${code}`,
});

const noFile: Refusal = [400, 'no-file'];
test('a request without a body', isRefused, noFile, {}, null);
test('a form without parts', isRefused, noFile, formHeaders, formBody());
test('an empty form', isRefused, noFile, formHeaders, '');
test('text in the field', isRefused, noFile, formHeaders, formBody({ name: 'file', content: 'x' }));

const unexpected: Refusal = [400, 'unexpected-field'];
test(
  'a file in another field',
  isRefused,
  unexpected,
  formHeaders,
  formBody({ ...file, name: 'image' }),
);
test(
  'a field too many',
  isRefused,
  unexpected,
  formHeaders,
  formBody(file, { name: 'x', content: 'y' }),
);

test('a second file', isRefused, [400, 'too-many-files'], formHeaders, formBody(file, file));

const empty: Refusal = [400, 'empty-file'];
test('an empty file', isRefused, empty, formHeaders, fileForm(''));
test('an empty bare file', isRefused, empty, pngHeaders, '');

const malformed: Refusal = [400, 'malformed-multipart'];
const unending = { 'content-type': 'multipart/form-data; boundary=--' };
test(
  'a form whose boundary is the start of that in the body',
  isRefused,
  malformed,
  unending,
  Buffer.from('------x\r\nContent-Disposition: form-data; name="file"\r\n\r\ny\r\n------x--\r\n'),
);
const noBoundary = { 'content-type': 'multipart/form-data' };
const emptyBoundary = { 'content-type': 'multipart/form-data; boundary=""' };
test('a form without a boundary', isRefused, malformed, noBoundary, fileForm(picture));
test('a form with an empty boundary', isRefused, malformed, emptyBoundary, fileForm(picture));
test('a body that is not a form', isRefused, malformed, formHeaders, 'no form');
test(
  'a form truncated in its file',
  isRefused,
  malformed,
  formHeaders,
  fileForm(picture).subarray(0, -80),
);
test(
  'a form truncated after its file',
  isRefused,
  malformed,
  formHeaders,
  fileForm(picture).subarray(0, -6),
);
test(
  'a form truncated in its headers',
  isRefused,
  malformed,
  formHeaders,
  fileForm(picture).subarray(0, 50),
);
test('a form of many parts', isRefused, malformed, formHeaders, formBody(...Array(50).fill(file)));
test(
  'a form of a part without a name',
  isRefused,
  unexpected,
  formHeaders,
  formBody(file, { name: '"; x="', filename: 'x', content: 'y' }),
);
for (const name of ['__proto__', 'constructor', 'toString']) {
  test(
    `a file in the field ${name}`,
    isRefused,
    unexpected,
    formHeaders,
    formBody({ ...file, name }),
  );
  test(
    `a text in the field ${name}`,
    isRefused,
    unexpected,
    formHeaders,
    formBody(file, { name, content: 'x' }),
  );
}

const notAnImage: Refusal = [415, 'not-an-image'];
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
test('a text named .png', isRefused, notAnImage, formHeaders, fileForm('a text'));
test('JSON', isRefused, notAnImage, { 'content-type': 'application/json' }, '{}');
test('an SVG', isRefused, notAnImage, formHeaders, fileForm(svg));
test('a GIF', isRefused, notAnImage, pngHeaders, pipeline(draw(7, 28)).gif().toBuffer());

const unreadable: Refusal = [422, 'unreadable-image'];
test('a truncated PNG', isRefused, unreadable, formHeaders, fileForm(picture.subarray(0, -20)));
test('half a bare PNG', isRefused, unreadable, pngHeaders, picture.subarray(0, picture.length / 2));

const liar = claimSize(picture, 50_000, 50_000);
test('a PNG that claims 50,000 × 50,000', isRefused, [413, 'too-many-pixels'], pngHeaders, liar);

for (const [way, headers, wrap] of [
  ['in a form', formHeaders, fileForm],
  ['as the bare body', pngHeaders, (bytes: Buffer) => bytes],
] as const) {
  for (const [transfer, send] of [
    ['of known length', (body: Buffer) => body],
    ['in chunks', (body: Buffer) => Readable.from([body.subarray(0, 99), body.subarray(99)])],
  ] as const) {
    test(`a file ${way} ${transfer} may have the maximum size, and not one byte more`, async t => {
      const tight = await buildTestApp(t, { maxFileBytes: picture.length - 1 });
      const refused = await post(await tight.listen({ port: 0 }), headers, send(wrap(picture)));
      isProblem(t, refused, 413, 'file-too-large');

      const exact = await buildTestApp(t, { maxFileBytes: picture.length });
      const taken = await post(await exact.listen({ port: 0 }), headers, send(wrap(picture)));
      t.is(taken.status, 200);
    });
  }

  test(`a file ${way} far above the limit still gets its answer`, async t => {
    const app = await buildTestApp(t);
    const url = await app.listen({ port: 0 });
    const answer = await post(url, headers, wrap(Buffer.alloc(30_000_000)));
    isProblem(t, answer, 413, 'file-too-large');
  });

  test(`a connection closed in the middle of a file ${way} affects no other request`, async t => {
    const log = new LogLines();
    const app = await buildTestApp(t, { logger: { level: 'debug', stream: log } });
    const url = await app.listen({ port: 0 });
    const body = wrap(picture);
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(
      'POST /predict HTTP/1.1\r\nhost: localhost\r\n' +
        `content-type: ${headers['content-type']}\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    socket.write(body.subarray(0, -150));
    await log.waitFor(line => line.msg === 'incoming request');
    socket.destroy();
    const { code } = await log.waitFor(line => line.msg === 'request refused');
    t.is(code, 'bad-request');
    t.is((await post(url, pngHeaders, picture)).status, 200);
  });
}

test('the content of a bare body decides, not its declared type', async t => {
  const app = await buildTestApp(t);
  const url = await app.listen({ port: 0 });
  for (const type of [
    undefined,
    'application/octet-stream',
    'image/jpg',
    'image/*',
    'image/pjpeg',
    'image/x-png',
    'image/gif',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/json',
    'png',
    'image/',
    'image png',
  ]) {
    const answer = await post(url, type === undefined ? {} : { 'content-type': type }, picture);
    t.is(answer.status, 200, type);
  }
});

test('a form without a boundary is refused for that alone', async t => {
  const app = await buildTestApp(t);
  const url = await app.listen({ port: 0 });
  for (const headers of [noBoundary, emptyBoundary]) {
    const { body } = await post(url, headers, fileForm(picture));
    t.regex((body as ProblemDetails).detail, /^The Content-Type has no boundary\./);
  }
});

test('a file in a part without a name is refused for that', async t => {
  const app = await buildTestApp(t);
  const url = await app.listen({ port: 0 });
  const unnamed = fileForm(picture).toString('latin1').replace('name="file"; ', '');
  const { body } = await post(url, formHeaders, Buffer.from(unnamed, 'latin1'));
  t.is((body as ProblemDetails).detail, 'The form has a part without a name; send only "file".');
});

test('a form of too many parts is refused for that alone', async t => {
  const app = await buildTestApp(t);
  const url = await app.listen({ port: 0 });
  const { body } = await post(url, formHeaders, formBody(...Array(50).fill(file)));
  t.is((body as ProblemDetails).detail, 'The form has more than 8 parts.');
});

test('a part with the type of a picture is a file, also without a file name', async t => {
  const app = await buildTestApp(t);
  const url = await app.listen({ port: 0 });
  const { filename, ...nameless } = file;
  for (const type of ['image/png', 'image/jpg', 'application/octet-stream']) {
    const answer = await post(url, formHeaders, formBody({ ...nameless, type }));
    t.is(answer.status, 200, `${type}, no ${filename}`);
  }
});

/** Sends the whole request at once; the answer's status and code, and whether the connection stays. */
async function exchange(port: number, head: string, body: string) {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${head}\r\ntransfer-encoding: chunked\r\n\r\n${body}`);
  let answer = '';
  socket.on('error', () => {});
  for await (const data of socket) {
    answer += data;
    if (/"code":"[\w-]+"\}$/.test(answer)) break;
  }
  return { status: answer.split(' ')[1], code: /"code":"([\w-]+)"/.exec(answer)?.[1] };
}

const chunksOfAByte = '1\r\nx\r\n'.repeat(200_000);

for (const [what, head] of [
  ['a picture', 'POST /predict HTTP/1.1\r\nhost: localhost\r\ncontent-type: image/png'],
  [
    'a form',
    `POST /predict HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${formHeaders['content-type']}`,
  ],
  ['a tensor', 'POST /v2/models/digits/infer HTTP/1.1\r\nhost: localhost'],
] as const) {
  test(`${what} in chunks of a byte is refused long before its end`, async t => {
    const app = await buildTestApp(t);
    const url = await app.listen({ port: 0 });
    // The body has no end: an answer cannot have waited for it.
    const answer = await exchange(Number(new URL(url).port), head, chunksOfAByte);
    t.true(answer.status === '400', JSON.stringify(answer));
    t.true(['bad-request', 'malformed-multipart'].includes(answer.code ?? ''));
  });
}

test('a request that follows small chunks on its connection does not count as their framing', async t => {
  const app = await buildTestApp(t);
  const url = await app.listen({ port: 0 });
  const head = `POST /predict HTTP/1.1\r\nhost: localhost\r\ncontent-type: image/png`;
  const small = `${'1\r\nx\r\n'.repeat(900)}0\r\n\r\n`;
  const next = `${head}\r\ncontent-length: 100000\r\n\r\n${'x'.repeat(100_000)}`;
  const answer = await exchange(Number(new URL(url).port), head, small + next);
  t.deepEqual(answer, { status: '415', code: 'not-an-image' });
});
