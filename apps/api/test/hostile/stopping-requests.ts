// Requests that once kept the event loop busy for long, and their kind: each is valid HTTP within the
// limits of size. checks/blocking.ts sends many of them at once and measures how late others are
// answered.

import { deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { draw } from '../support/drawing.ts';
import { pipeline, png } from '../support/files.ts';
import { fileForm, formBody, formHeaders } from '../support/form.ts';
import { chunk, insertAfterHeader } from '../support/png-chunks.ts';

export interface StoppingRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Made when it is needed, because the bodies together are large. */
  body(): Buffer | Promise<Buffer>;
  /** The length of each HTTP chunk; absent for a body with a Content-Length. */
  readonly chunkLength?: number;
}

const imageValues = 784;
const maxImages = 4096;

const json = { 'content-type': 'application/json' };
const pngType = { 'content-type': 'image/png' };

function infer(body: () => string, more: Partial<StoppingRequest> = {}): StoppingRequest {
  const path = '/v2/models/digits/infer';
  return { path, headers: json, body: () => Buffer.from(body()), ...more };
}

function zipped(request: StoppingRequest): StoppingRequest {
  return {
    ...request,
    headers: { ...request.headers, 'content-encoding': 'gzip' },
    body: async () => gzipSync(await request.body()),
  };
}

const describe = (shape: string, data: string, more = '') =>
  `{"inputs":[{"name":"input","datatype":"FP32","shape":${shape},"data":${data}${more}}]}`;
const withData = (data: () => string) => infer(() => describe('[4096,784]', `[${data()}]`));
const image = Array.from({ length: imageValues }, (_, i) => ((i * 37) % 1009) / 1009);
const rows = JSON.stringify(
  Array.from({ length: 28 }, (_, y) => image.slice(y * 28, (y + 1) * 28)),
);
const shortImage = image.map(value => value.toFixed(2)).join();

const pixels = rows.replaceAll(/[\d.]+/g, '[$&]');

/** Images without ink, behind the JSON. */
function binary(
  datatype: string,
  count: number,
  bytesPerValue: number,
  more = '',
): StoppingRequest {
  const bytes = count * imageValues * bytesPerValue;
  const input = `"name":"input","datatype":"${datatype}","shape":[${count},784]`;
  const json = `{"inputs":[{${input},"parameters":{"binary_data_size":${bytes}}}]${more}}`;
  return {
    ...infer(() => ''),
    headers: { 'inference-header-content-length': String(json.length) },
    body: () => Buffer.concat([Buffer.from(json), Buffer.alloc(bytes)]),
  };
}

const classes = ',"outputs":[{"name":"probabilities","parameters":{"classification":10}}]';
const binaryClasses = classes.replace('10', '10,"binary_data":true');

const messages: Record<string, StoppingRequest> = {
  'a number of 15 MB': withData(() => '9'.repeat(15e6)),
  'a fraction of 15 MB': withData(() => `0.${'3'.repeat(15e6)}`),
  'a length of 200,000 digits': infer(() => describe(`[${'9'.repeat(200_000)},784]`, '[0]')),
  'a shape of 120,000 ones': infer(() => describe(`[${'1,'.repeat(120_000)}1]`, '[0]')),
  'a shape of 5,000 texts': infer(() => describe(`[${'"",'.repeat(5000)}1]`, '[0]')),
  '80,000 empty inputs': infer(() => `{"inputs":[${'{},'.repeat(80_000)}{}]}`),
  '5,000 empty inputs': infer(() => `{"inputs":[${'{},'.repeat(5000)}{}]}`),
  '80,000 empty outputs': infer(() => `{"inputs":[],"outputs":[${'{},'.repeat(80_000)}{}]}`),
  '40,000 members': infer(
    () => `{${Array.from({ length: 40_000 }, (_, i) => `"${i}":0`)},"inputs":[]}`,
  ),
  'a parameter of 100,000 brackets': infer(() =>
    describe(
      '[1,784]',
      '0',
      `,"parameters":{"binary_data_size":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    ),
  ),
  'a parameter of 15 MB': infer(() =>
    describe('[1,784]', '0', `,"parameters":{"binary_data_size":"${'x'.repeat(15e6)}"}`),
  ),
  'an id of 15 MB': infer(
    () => `{"id":"${'x'.repeat(15e6)}",${describe('[1,784]', `[${shortImage}]`).slice(1)}`,
  ),
  'an id of 2,500,000 escapes': infer(() => `{"id":"${'\\u0000'.repeat(2_500_000)}","inputs":[]}`),
  'an unfinished text of 15 MB': infer(() => `{"id":"${'\\"'.repeat(7_500_000)}`),
  '15 MB of spaces': infer(() => `{"inputs":${' '.repeat(15e6)}[]}`),
  '15 MB of spaces in the tensor': withData(() => `0,${' '.repeat(15e6)}0`),
  '8,000,000 zeros': withData(() => `${'0,'.repeat(8e6)}0`),
  '3,200,000 zeros': withData(() => `${'0,'.repeat(maxImages * imageValues - 1)}0`),
  '7,000,000 brackets': withData(() => '['.repeat(7e6)),
  '5,000,000 empty arrays': withData(() => `${'[],'.repeat(5e6)}[]`),
  '5,000,000 empty texts': withData(() => `${'"",'.repeat(5e6)}""`),
  '4,000,000 objects': withData(() => `${'{},'.repeat(4e6)}{}`),
  '3,000,000 truths': withData(() => `${'true,'.repeat(3e6)}true`),
  'objects in objects': infer(() => '{"a":'.repeat(3e6)),
  '4,096 flat images': withData(() => `${`${shortImage},`.repeat(maxImages - 1)}${shortImage}`),
  '1,000 images of long numbers': infer(() =>
    describe('[1000,28,28]', `[${`${rows},`.repeat(999)}${rows}]`),
  ),
  '4,096 images in binary': binary('FP32', maxImages, 4),
  '4,096 images of bytes': binary('UINT8', maxImages, 1),
  '2,600 images of doubles': binary('FP64', 2600, 8),
  'all classes of 4,096 images': binary('UINT8', maxImages, 1, classes),
  'all classes of 4,096 images in binary': binary('UINT8', maxImages, 1, binaryClasses),
  '1,000 images with each number in an array': infer(() =>
    describe('[1000,28,28,1]', `[${`${pixels},`.repeat(999)}${pixels}]`),
  ),
  '4,096 flat images in gzip': zipped(
    withData(() => `${`${shortImage},`.repeat(maxImages - 1)}${shortImage}`),
  ),
  '15 MB of spaces in gzip': zipped(withData(() => `0,${' '.repeat(15e6)}0`)),
  '100 MB of zeros in gzip': zipped(infer(() => '0'.repeat(1e8))),
  '64 images of 200 kB': infer(() =>
    describe('[64,784]', `[${`${shortImage},`.repeat(63)}${shortImage}]`),
  ),
  'a message in chunks of a byte': infer(
    () => describe('[100,784]', `[${`${shortImage},`.repeat(99)}${shortImage}]`),
    { chunkLength: 1 },
  ),
};

const good = png(draw(7, 28));

function predict(
  body: () => Buffer | Promise<Buffer>,
  headers: StoppingRequest['headers'] = formHeaders,
  more: Partial<StoppingRequest> = {},
): StoppingRequest {
  return { path: '/predict', headers, body, ...more };
}

const longBoundary = `x${'-'.repeat(10_000)}x`;

const forms: Record<string, StoppingRequest> = {
  'a form with a file of 10 MB': predict(() => fileForm(Buffer.alloc(10e6))),
  'a form with a file of 10 MB of line ends': predict(() => fileForm('\r\n--test-'.repeat(1e6))),
  'a form with 10 MB before its first part': predict(() =>
    Buffer.concat([Buffer.alloc(10e6, '\r\n--test-boundary '), fileForm(good)]),
  ),
  'a form with 10 MB after its last part': predict(() =>
    Buffer.concat([fileForm(good), Buffer.alloc(10e6, '\r\n')]),
  ),
  'a form of 100,000 parts': predict(() =>
    formBody(...Array.from({ length: 100_000 }, () => ({ name: 'a', content: '' }))),
  ),
  'a form with a text of 10 MB': predict(() => formBody({ name: 'a', content: 'x'.repeat(10e6) })),
  'a form with a name of 10 MB': predict(() => formBody({ name: 'a'.repeat(10e6), content: '' })),
  'a form with a part of 400,000 headers': predict(() =>
    Buffer.from(`--test-boundary\r\n${'a: b\r\n'.repeat(400_000)}\r\n`),
  ),
  'a form with a header of 10 MB': predict(() =>
    Buffer.from(`--test-boundary\r\nContent-Disposition: form-data; ${'a=b; '.repeat(2e6)}`),
  ),
  'a form with a boundary of 10,000 characters': predict(
    () =>
      Buffer.concat([
        Buffer.from(`--${longBoundary}\r\n\r\n`),
        Buffer.alloc(10e6, `\r\n--${longBoundary.slice(0, -1)}`),
      ]),
    { 'content-type': `multipart/form-data; boundary=${longBoundary}` },
  ),
  'a form in chunks of a byte': predict(() => fileForm(Buffer.alloc(150_000)), formHeaders, {
    chunkLength: 1,
  }),
  'a form with a Content-Type of 15 kB': predict(() => fileForm(good), {
    'content-type': `multipart/form-data; ${'a="\\"\\"";'.repeat(1500)}`,
  }),
  'a form with a Content-Type of semicolons': predict(() => fileForm(good), {
    'content-type': `multipart/form-data${';'.repeat(15_000)}`,
  }),
  'a form with a Content-Type of spaces': predict(() => fileForm(good), {
    'content-type': `multipart/form-data;${' '.repeat(15_000)}boundary`,
  }),
};

const plain = (width: number, height: number) => ({
  create: { width, height, channels: 3 as const, background: 'white' },
});
const noisy = (width: number, height: number) => ({
  create: {
    ...plain(width, height).create,
    noise: { type: 'gaussian' as const, mean: 128, sigma: 40 },
  },
});
const largest = { width: 6000, height: 4000 };
const once = (make: () => Promise<Buffer>) => {
  let made: Promise<Buffer> | undefined;
  return () => (made ??= make());
};

function dots(side: number): Promise<Buffer> {
  const data = Uint8Array.from({ length: side * side }, (_, i) =>
    (i % side) % 3 === 0 && Math.floor(i / side) % 3 === 0 ? 255 : 0,
  );
  return pipeline({ side, data }).png().toBuffer();
}

const pictures: Record<string, StoppingRequest> = {
  'a picture in chunks of a byte': predict(() => Buffer.alloc(150_000), pngType, {
    chunkLength: 1,
  }),
  '10 MB that are no picture in deflate': predict(() => deflateSync(Buffer.alloc(10e6)), {
    ...pngType,
    'content-encoding': 'deflate',
  }),
  '10 MB that are no picture': predict(() => Buffer.alloc(10e6), pngType),
  'a PNG of 5,000 chunks': predict(
    () => insertAfterHeader(good, ...Array(5000).fill(chunk('tIME', Buffer.alloc(0)))),
    pngType,
  ),
  'a PNG of 128 × 128': predict(
    once(() => dots(128)),
    pngType,
  ),
  'a PNG of 512 × 512': predict(
    once(() => dots(512)),
    pngType,
  ),
  'a PNG of 24 megapixels': predict(
    once(() => sharp(plain(largest.width, largest.height)).png().toBuffer()),
    pngType,
  ),
  'a JPEG of 24 megapixels': predict(
    once(() => sharp(noisy(largest.width, largest.height)).jpeg({ quality: 50 }).toBuffer()),
    { 'content-type': 'image/jpeg' },
  ),
  'a WebP of 12 megapixels': predict(
    once(() => sharp(plain(4000, 3000)).webp({ effort: 0 }).toBuffer()),
    { 'content-type': 'image/webp' },
  ),
  'an explanation': predict(() => good, pngType, { path: '/predict?explain=true' }),
};

const query = 'limit=1&since=x&'.repeat(900);
const get = (path: string): StoppingRequest => ({ path, headers: {}, body: () => Buffer.alloc(0) });

const addresses: Record<string, StoppingRequest> = {
  'a query of 1,800 parameters': get(`/feedback?${query}`),
  'a query of 15,000 ampersands': get(`/feedback?${'&'.repeat(15_000)}`),
  'a path of 7,000 segments': get('/a'.repeat(7000)),
  'a path of 15,000 percent signs': get(`/feedback/${'%25'.repeat(5000)}`),
  'tags of 15 kB': {
    ...get('/feedback/x/image'),
    headers: { 'if-none-match': '"",'.repeat(5000) },
  },
};

/** By a title that says what is in the request. */
export const stoppingRequests: Readonly<Record<string, StoppingRequest>> = {
  ...messages,
  ...forms,
  ...pictures,
  ...addresses,
};

/** The whole request as it goes over the connection, which the service closes after its answer. */
export async function encodeRequest(request: StoppingRequest): Promise<Buffer> {
  const { path, headers, chunkLength } = request;
  const body = await request.body();
  const length = chunkLength
    ? { 'transfer-encoding': 'chunked' }
    : { 'content-length': String(body.length) };
  const lines = Object.entries({ host: '127.0.0.1', connection: 'close', ...headers, ...length })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const method = body.length > 0 ? 'POST' : 'GET';
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines}\r\n`);
  return Buffer.concat([head, chunkLength ? encodeChunks(body, chunkLength) : body]);
}

function encodeChunks(body: Buffer, length: number): Buffer {
  const parts: Buffer[] = [];
  const end = Buffer.from('\r\n');
  for (let at = 0; at < body.length; at += length) {
    const part = body.subarray(at, at + length);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, end);
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}
