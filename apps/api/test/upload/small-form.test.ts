// Compares the fast path for small forms with @fastify/multipart: the answers must be equal.

import { Readable } from 'node:stream';
import test from 'ava';
import fc from 'fast-check';
import fastify from 'fastify';
import { registerErrorHandlers } from '../../src/plugins/error-handlers.ts';
import { acceptUploads, readUpload } from '../../src/upload/upload.ts';

const app = fastify({ bodyLimit: 2000 });
registerErrorHandlers(app);
await acceptUploads(app, { fields: ['label', 'source'] });
app.post('/', async request => {
  const { bytes, fields } = await readUpload(request);
  return { bytes: bytes.toString('latin1'), fields };
});

/** A streamed body has no known length, so only @fastify/multipart reads it. */
async function answersTo(body: Buffer, contentType: string): Promise<unknown[]> {
  const headers = { 'content-type': contentType };
  const payloads = [body, Readable.from([body])];
  return Promise.all(
    payloads.map(async payload => {
      const response = await app.inject({ method: 'POST', url: '/', headers, payload });
      const { detail: _, ...answer } = response.json();
      return { status: response.statusCode, ...answer };
    }),
  );
}

const lineBreak = fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\n', '');
const name = fc.constantFrom(
  'file',
  'file',
  'file',
  'label',
  'label',
  'source',
  'x',
  '__proto__',
  '',
);
const filename = fc.constantFrom(
  '',
  '; filename="7.png"',
  '; filename=""',
  "; filename*=utf-8''%37",
);
const type = fc.constantFrom(
  '',
  '\r\nContent-Type: image/png',
  '\r\nContent-Type: application/json',
  '\r\nContent-Type: application/octet-stream',
  '\r\nX-Other: 1',
);
const content = fc.oneof(
  fc.constantFrom(
    '4',
    '{}',
    '\xe4',
    '--line',
    '\r\n--line',
    '\r\n--linear',
    '\r\n',
    '9'.repeat(1025),
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 40 }),
);
const part = fc
  .tuple(name, filename, type, content, lineBreak)
  .map(
    ([field, file, kind, text, end]) =>
      `--line\r\nContent-Disposition: form-data; name="${field}"${file}${kind}\r\n\r\n${text}${end}`,
  );
const form = fc
  .tuple(
    fc.array(part, { maxLength: 4 }),
    fc.constantFrom('--line--\r\n', '--line--', '--line-', ''),
  )
  .map(([parts, end]) => Buffer.from(parts.join('') + end, 'latin1'));
const contentType = fc.constantFrom(
  ...Array(4).fill('multipart/form-data; boundary=line'),
  'multipart/form-data; boundary="line"',
  'multipart/form-data;charset=utf-8;boundary=line',
  'multipart/form-data',
);

test('a form of known length is parsed like a streamed one', async t => {
  const property = fc.asyncProperty(form, contentType, async (body, header) => {
    const [known, streamed] = await answersTo(body, header);
    t.deepEqual(known, streamed);
  });
  await t.notThrowsAsync(fc.assert(property, { numRuns: 400, seed: 7 }));
});

test('a form with any byte changed is parsed like a streamed one', async t => {
  const whole = Buffer.from(
    '--line\r\nContent-Disposition: form-data; name="label"\r\n\r\n4\r\n' +
      '--line\r\nContent-Disposition: form-data; name="file"; filename="7"\r\n' +
      'Content-Type: image/png\r\n\r\npicture\r\n--line--\r\n',
  );
  for (const byte of [0, 10, 13, 32, 34, 45, 92]) {
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = byte;
      const [known, streamed] = await answersTo(changed, 'multipart/form-data; boundary=line');
      t.deepEqual(known, streamed, `byte ${at} made ${byte}`);
    }
  }
});

test('both ways return the expected fields', async t => {
  const body = Buffer.from(
    '--line\r\nContent-Disposition: form-data; name="label"\r\n\r\n4\r\n' +
      '--line\r\nContent-Disposition: form-data; name="file"; filename="7"\r\n\r\n7\r\n--line--',
  );
  const expected = { status: 200, bytes: '7', fields: { label: '4' } };
  t.deepEqual(await answersTo(body, 'multipart/form-data; boundary=line'), [expected, expected]);
});
