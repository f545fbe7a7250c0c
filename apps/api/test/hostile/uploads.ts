// Invalid uploads and unusual file names.

import test from 'ava';
import type { ProblemCode } from '../../src/problem.ts';
import { fileForm, formBody, formHeaders } from '../support/form.ts';
import { isProblem } from '../support/problem.ts';
import { good, sharedService } from './service.ts';

const started = sharedService();

type Case = [
  title: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer | string | null,
  status: number,
  code: ProblemCode,
];

const file = { name: 'file', filename: 'digit.png', type: 'image/png', content: good };
const pngHeaders = { 'content-type': 'image/png' };
const json = { 'content-type': 'application/json' };
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>';
const noBoundary = { 'content-type': 'multipart/form-data' };
const label = (content: string) => ({ name: 'label', content });

const cases: readonly Case[] = [
  ['no body', '/predict', {}, null, 400, 'no-file'],
  ['no file', '/predict', formHeaders, formBody(), 400, 'no-file'],
  ['two files', '/predict', formHeaders, formBody(file, file), 400, 'too-many-files'],
  ['an empty file', '/predict', formHeaders, fileForm(''), 400, 'empty-file'],
  ['0 bytes', '/predict', pngHeaders, '', 400, 'empty-file'],
  ['a text named .png', '/predict', formHeaders, fileForm('a text'), 415, 'not-an-image'],
  ['an SVG', '/predict', formHeaders, fileForm(svg), 415, 'not-an-image'],
  ['an SVG declared', '/predict', { 'content-type': 'image/svg+xml' }, svg, 415, 'not-an-image'],
  ['JSON declared', '/predict', json, '{"file": 7}', 415, 'not-an-image'],
  ['JSON as a picture', '/predict', pngHeaders, '{"file": 7}', 415, 'not-an-image'],
  ['JSON in a form', '/predict', formHeaders, fileForm('{"file": 7}'), 415, 'not-an-image'],
  ['an impossible type', '/predict', { 'content-type': 'png' }, 'a text', 415, 'not-an-image'],
  ['no boundary', '/predict', noBoundary, fileForm(good), 400, 'malformed-multipart'],
  [
    'another boundary',
    '/predict',
    { 'content-type': 'multipart/form-data; boundary=x' },
    fileForm(good),
    400,
    'malformed-multipart',
  ],
  [
    'another field name',
    '/predict',
    formHeaders,
    formBody({ ...file, name: 'image' }),
    400,
    'unexpected-field',
  ],
  ['another field', '/predict', formHeaders, formBody(file, label('7')), 400, 'unexpected-field'],
  ['no label', '/feedback', formHeaders, formBody(file), 400, 'no-label'],
  [
    'two labels',
    '/feedback',
    formHeaders,
    formBody(file, label('7'), label('7')),
    400,
    'unexpected-field',
  ],
  ['no label with a bare body', '/feedback', pngHeaders, good, 400, 'no-label'],
  ['an empty label', '/feedback', formHeaders, formBody(file, label('')), 400, 'no-label'],
  ['a label without a file', '/feedback', formHeaders, formBody(label('7')), 400, 'no-file'],
  ...['10', '-1', '7.5', '07', 'x', ' 7', '1e0', 'NaN', '9'.repeat(500)].flatMap(
    (content): Case[] => [
      [
        `the label ${content}`,
        '/feedback',
        formHeaders,
        formBody(file, label(content)),
        400,
        'bad-label',
      ],
      [
        `the label ${content} with a bare body`,
        `/feedback?label=${content}`,
        pngHeaders,
        good,
        400,
        'bad-label',
      ],
    ],
  ),
];

test.serial('every invalid upload is refused with its own code', async t => {
  t.timeout(60_000);
  const service = await started;
  for (const [title, path, headers, body, status, code] of cases) {
    t.log(title);
    isProblem(t, await service.post(path, headers, body), status, code);
  }
  await service.readsDigit(t);
  service.tookLittleMemory(t);
});

/** File names must have no effect. */
const names = [
  '../../../../etc/passwd',
  '..\\..\\windows\\system32\\drivers.png',
  '/dev/zero',
  'digit.png\0.svg',
  'a'.repeat(5000),
  '%2e%2e%2fdigit.png',
  'ö 七 🙂.png',
  '"; name="label',
];

test.serial('the name of a file has no effect', async t => {
  t.timeout(60_000);
  const service = await started;
  for (const filename of names) {
    const { status, body } = await service.post(
      '/predict',
      formHeaders,
      formBody({ ...file, filename }),
    );
    t.is(status, 200, filename);
    t.like(body, { digit: 7 });
  }
  await service.readsDigit(t);
});
