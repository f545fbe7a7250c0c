// Compares the fast parser of usual forms with the parser of any form: where it does not decline, the
// results must be equal.

import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import { toUpload } from '../../src/upload/form.ts';
import { parseForm } from '../../src/upload/parse-form.ts';
import { parseSmallForm } from '../../src/upload/parse-small-form.ts';

const fields = ['label', 'source'];

/** @returns whether the fast parser did not decline */
async function isParsedAlike(
  t: ExecutionContext,
  body: Buffer,
  contentType: string,
): Promise<boolean> {
  const small = parseSmallForm(body, contentType, fields);
  if (small) t.deepEqual(toUpload(await parseForm(body, contentType), fields), small);
  return small !== undefined;
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
  '; filename="7.png"',
  '; filename="7.png"',
  '; filename=""',
  "; filename*=utf-8''%37",
);
const type = fc.constantFrom(
  '',
  '',
  '\r\nContent-Type: image/png',
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

test('forms are parsed alike', async t => {
  let parsed = 0;
  const property = fc.asyncProperty(form, contentType, async (body, header) => {
    if (await isParsedAlike(t, body, header)) parsed++;
  });
  await t.notThrowsAsync(fc.assert(property, { numRuns: 2000, seed: 7 }));
  t.true(parsed > 10, `${parsed} forms`);
});

test('forms with any byte changed are parsed alike', async t => {
  const whole = Buffer.from(
    '--line\r\nContent-Disposition: form-data; name="label"\r\n\r\n4\r\n' +
      '--line\r\nContent-Disposition: form-data; name="file"; filename="7"\r\n' +
      'Content-Type: image/png\r\n\r\npicture\r\n--line--\r\n',
  );
  for (const byte of [0, 10, 13, 32, 34, 45, 92]) {
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = byte;
      await isParsedAlike(t, changed, 'multipart/form-data; boundary=line');
    }
  }
});

test('both return the expected fields', async t => {
  const body = Buffer.from(
    '--line\r\nContent-Disposition: form-data; name="label"\r\n\r\n4\r\n' +
      '--line\r\nContent-Disposition: form-data; name="file"; filename="7"\r\n\r\n7\r\n--line--',
  );
  t.true(await isParsedAlike(t, body, 'multipart/form-data; boundary=line'));
});
