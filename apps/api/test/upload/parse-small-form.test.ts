import test from 'ava';
import { parseSmallForm } from '../../src/upload/parse-small-form.ts';

const picture = '\x89PNG\r\n\r\n--line\0\xff';
const contentType = 'multipart/form-data; boundary=line-7';

function body(...parts: readonly string[]): Buffer {
  return Buffer.from(
    `${parts.map(part => `--line-7\r\n${part}\r\n`).join('')}--line-7--`,
    'latin1',
  );
}

function part(head: string, content = picture): string {
  return `Content-Disposition: form-data; ${head}\r\n\r\n${content}`;
}

const heads = {
  curl: 'name="file"; filename="7.png"\r\nContent-Type: image/png',
  'a browser': 'name="file"; filename="C:fakepath 7.png"\r\nContent-Type: application/octet-stream',
  requests: 'name="file"; filename="7.png"',
  'a hacker': 'name="file"; filename="../../../etc/passwd"\r\nContent-Type: text/x-shellscript',
};

for (const [client, head] of Object.entries(heads)) {
  test(`a form of ${client} is parsed, with every byte of its file`, t => {
    const form = parseSmallForm(body(part(head)), contentType, []);
    t.deepEqual(form, { bytes: Buffer.from(picture, 'latin1'), fields: {} });
  });
}

test('expected texts are parsed, before the file and after it', t => {
  const form = parseSmallForm(
    body(part('name="label"', '4'), part(heads.curl), part('name="source"', '')),
    contentType,
    ['label', 'source'],
  );
  t.deepEqual(form?.fields, { label: '4', source: '' });
});

test('an empty file is parsed', t => {
  t.is(parseSmallForm(body(part(heads.curl, '')), contentType, [])?.bytes.length, 0);
});

const file = part(heads.curl);
const declined: Record<string, readonly [Buffer, string | undefined]> = {
  'without a type': [body(file), undefined],
  'without a boundary': [body(file), 'multipart/form-data'],
  'of another boundary': [body(file), 'multipart/form-data; boundary=line'],
  'without parts': [body(), contentType],
  'without a file': [body(part('name="label"', '4')), contentType],
  'with two files': [body(file, file), contentType],
  'with a text twice': [
    body(file, part('name="label"', '4'), part('name="label"', '5')),
    contentType,
  ],
  'with an unexpected text': [body(file, part('name="x"', '4')), contentType],
  'with a text that is not ASCII': [body(file, part('name="label"', '\xe4')), contentType],
  'with a text that has a type': [
    body(file, part('name="label"\r\nContent-Type: application/json', '4')),
    contentType,
  ],
  'with a text in place of the file': [body(part('name="file"')), contentType],
  'with an escape in a name': [body(part('name="file"; filename="\\".png"')), contentType],
  'with another order of a head': [body(part('filename="7.png"; name="file"')), contentType],
  'with a folded head': [body(part('name="file";\r\n filename="7.png"')), contentType],
  'with a long head': [body(part(`name="file"; filename="${'7'.repeat(600)}"`)), contentType],
  'with something before it': [Buffer.concat([Buffer.from('\r\n'), body(file)]), contentType],
  'with something after it': [Buffer.concat([body(file), Buffer.from('\r\n!')]), contentType],
};

for (const [kind, [bytes, type]] of Object.entries(declined)) {
  test(`a form ${kind} is declined`, t => {
    t.is(parseSmallForm(bytes, type, ['label']), undefined);
  });
}

test('a form truncated anywhere is declined', t => {
  const whole = body(file, part('name="label"', '4'));
  for (let length = 0; length < whole.length; length++) {
    t.is(parseSmallForm(whole.subarray(0, length), contentType, ['label']), undefined, `${length}`);
  }
});
