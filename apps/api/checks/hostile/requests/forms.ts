// multipart/form-data, valid or mutated: boundaries, part headers, line ends, missing and extra parts.

import type { Random } from '../random.ts';
import { mutateBytes, rearrange } from './bytes.ts';
import { somePicture, validPicture } from './pictures.ts';
import { names, wildText } from './values.ts';

export interface Form {
  readonly contentType: string;
  readonly body: Buffer;
}

interface Part {
  readonly headers: readonly string[];
  readonly content: Buffer;
}

const boundaries = [
  'x',
  'test-boundary',
  '----WebKitFormBoundaryABC',
  "'()+_,-./:=?",
  'b'.repeat(70),
];
const oddBoundaries = [
  '',
  ' ',
  'b'.repeat(71),
  'b'.repeat(5000),
  'a\u0000b',
  'ö',
  '--',
  '\r\n',
  '"',
];

const filenames = [
  'digit.png',
  '',
  '../../etc/passwd',
  'a\u0000.png',
  '"',
  'ö七.png',
  'a'.repeat(3000),
];

function filePart(random: Random): Part {
  const { contentType, bytes } = somePicture(random);
  const name = random.chance(0.96) ? 'file' : random.pick(names);
  const filename = random.chance(0.7) ? 'digit.png' : random.pick(filenames);
  const type = random.chance(0.9) ? contentType : wildText(random);
  const named = random.chance(0.95) ? `; filename="${filename}"` : '';
  return {
    headers: [
      `Content-Disposition: form-data; name="${name}"${named}`,
      `Content-Type: ${type}`,
      ...oddHeaders(random),
    ],
    content: bytes,
  };
}

const sources = ['correction', 'practice', 'import'];

function textPart(name: string, random: Random): Part {
  const usual = name === 'source' ? random.pick(sources) : String(random.below(10));
  const value = random.chance(0.85) ? usual : wildText(random);
  const headers = [`Content-Disposition: form-data; name="${name}"`, ...oddHeaders(random)];
  return { headers, content: Buffer.from(value) };
}

const odd = [
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Type: text/plain; charset=utf-16',
  'Content-Type: multipart/mixed; boundary=y',
  "Content-Disposition: form-data; name*=UTF-8''%66%69%6c%65",
  'Content-Disposition: attachment',
  'Content-Length: 1',
  'no colon',
  ': no name',
  ' folded: yes',
  `X: ${'y'.repeat(20_000)}`,
  'X: \u0000',
];

function oddHeaders(random: Random): string[] {
  return random.chance(0.06) ? [random.pick(odd)] : [];
}

function parts(fields: readonly string[], random: Random): Part[] {
  const list = [...fields.map(name => textPart(name, random)), filePart(random)];
  if (random.chance(0.08)) list.push(textPart(random.pick([...names, 'label', 'source']), random));
  if (random.chance(0.02)) {
    for (let i = random.below(1500); i > 0; i--) list.push(textPart(`f${i}`, random));
  }
  return random.chance(0.15) ? rearrange(list, random) : list;
}

function serialize(list: readonly Part[], boundary: string, random: Random): Buffer {
  const end = random.chance(0.03) ? '\n' : '\r\n';
  const encoded = list.flatMap(({ headers, content }) => [
    Buffer.from(`--${boundary}${end}${headers.join(end)}${end}${end}`),
    content,
    Buffer.from(end),
  ]);
  const before = random.chance(0.03) ? [Buffer.from(`preamble${end}`)] : [];
  const last = random.chance(0.95) ? [Buffer.from(`--${boundary}--${end}`)] : [];
  const after = random.chance(0.03) ? [random.bytes(random.below(300))] : [];
  return Buffer.concat([...before, ...encoded, ...last, ...after]);
}

function typeFor(boundary: string, random: Random): string {
  const quoted = /[^\w'+.-]/.test(boundary) ? `"${boundary}"` : boundary;
  return random.weighted<() => string>([
    [30, () => `multipart/form-data; boundary=${quoted}`],
    [1, () => `multipart/form-data; charset=utf-8; boundary="${boundary}"`],
    [1, () => `Multipart/Form-Data;boundary=${quoted};boundary=other`],
    [1, () => 'multipart/form-data'],
    [1, () => `multipart/form-data; boundary=${random.pick(oddBoundaries)}`],
    [1, () => `multipart/mixed; boundary=${quoted}`],
    [
      1,
      () =>
        mutateBytes(Buffer.from(`multipart/form-data; boundary=${quoted}`), random).toString(
          'latin1',
        ),
    ],
  ])();
}

/** @param fields the names of the text fields that the route takes */
export function someForm(fields: readonly string[], random: Random): Form {
  const boundary = random.chance(0.97) ? random.pick(boundaries) : random.pick(oddBoundaries);
  const body = serialize(parts(fields, random), boundary, random);
  return {
    contentType: typeFor(boundary, random),
    body: random.chance(0.15) ? mutateBytes(body, random) : body,
  };
}

/** The beginnings of files that are no pictures, or of pictures that are not accepted. */
const otherFiles = [
  'GIF89a',
  'II*\0',
  'BM\x36\0\0\0\0\0\0\0',
  '\0\0\0\x18ftypheic',
  '%PDF-1.7\n',
  '<?xml version="1.0"?><svg/>',
  '<!doctype html>',
  'version https://git-lfs.github.com/spec/v1\n',
  'data:image/png;base64,iVBORw0KGgo=',
  '{"file":',
  '--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n',
  `${'<'.repeat(900)}svg`,
  `${'\xc2'.repeat(1000)}\0`,
];

function otherFile(random: Random): Form {
  const start = Buffer.from(random.pick(otherFiles), 'latin1');
  const types = ['image/heic', 'image/svg+xml', 'application/pdf', 'image/png'];
  return {
    contentType: random.pick(types),
    body: Buffer.concat([start, random.bytes(random.below(40))]),
  };
}

/** A picture as the bare body, with its content type or another one, or another file. */
export function bareBody(random: Random): Form {
  if (random.chance(0.05)) return otherFile(random);
  const { contentType, bytes } = random.chance(0.9) ? somePicture(random) : validPicture(random);
  const others = [
    'image/gif',
    'image/*',
    'image/jpg',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'text/plain',
    '',
    'image/PNG',
  ];
  return { contentType: random.chance(0.9) ? contentType : random.pick(others), body: bytes };
}
