// The HTTP around a request, mutated now and then: method, target, headers, framing, and how the bytes
// are written to the socket.

import type { Random } from '../random.ts';
import { mutateBytes } from './bytes.ts';
import type { Draft, Header } from './routes.ts';
import { names, numbers, wildText } from './values.ts';

export interface WireRequest {
  readonly route: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
  readonly bytes: Buffer;
  /** Offsets at which a write ends; the rest is the last one. */
  readonly writes: readonly number[];
  /** The connection is closed or reset after the bytes, which are cut before their end. */
  readonly ending: 'whole' | 'closed' | 'reset';
  /** Whether this is one whole request of HTTP/1.1, which must get one whole answer. */
  readonly isFramed: boolean;
  /** It is addressed to another host, or a browser sends it for a page of another origin. */
  readonly foreign: 'host' | 'origin' | undefined;
}

interface Envelope extends Draft {
  readonly host: string | undefined;
  readonly foreign: WireRequest['foreign'];
}

const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'QUERY',
  'PROPFIND',
];
const noMethods = ['get', 'CONNECT', 'PRI', 'G\u0000T', 'X'.repeat(3000), ''];
const foreignHosts = [
  'evil.example',
  'evil.example:80',
  '127.0.0.1.evil.example',
  '10.0.0.1',
  '[::2]:1',
];
const noHosts = ['', ' ', 'a b', '127.0.0.1:99999', '127.0.0.1:x', '@127.0.0.1', 'x'.repeat(3000)];

const odd: readonly ((random: Random) => Header)[] = [
  random => ['Accept', random.pick(['*/*', 'text/html', 'application/xml;q=0.9, */*;q=2', ''])],
  random => ['Accept-Encoding', random.pick(['gzip', 'br', 'identity;q=0', '*;q=0'])],
  random => [
    'Authorization',
    random.pick(['Bearer ', 'Basic !!', `Bearer ${'x'.repeat(5000)}`, 'x']),
  ],
  random => ['X-API-Key', wildText(random)],
  random => ['Range', random.pick(['bytes=0-1', 'bytes=-1', `bytes=${'0-1,'.repeat(1000)}`])],
  random => ['If-Modified-Since', wildText(random)],
  random => ['If-None-Match', wildText(random)],
  random => ['Content-Encoding', random.pick(['gzip', 'br', 'deflate', 'identity', 'x'])],
  random => ['Cookie', `a=${'b'.repeat(random.below(8000))}`],
  random => [
    'X-Forwarded-For',
    random.pick(['127.0.0.1', '::1', names[0]!, '1.2.3.4,'.repeat(200)]),
  ],
  random => ['X-Forwarded-Host', random.pick(foreignHosts)],
  random => ['X-HTTP-Method-Override', random.pick(methods)],
  random => ['X-Request-Id', wildText(random)],
  random => ['Inference-Header-Content-Length', random.pick(numbers)],
  random => ['Referer', wildText(random)],
  random => [`X-${'y'.repeat(random.below(3000))}`, 'z'],
  random => [random.pick(names).replaceAll(/[^\w]/g, '') || 'x', wildText(random)],
  () => ['Connection', 'Upgrade, HTTP2-Settings'],
  random => ['Upgrade', random.pick(['websocket', 'h2c', 'TLS/1.0', ''])],
  random => ['Expect', random.pick(['100-continue', '200-ok', ''])],
  random => ['Connection', random.pick(['close', 'keep-alive', 'x', 'close, keep-alive'])],
];

/** Headers that a browser adds for a page of another site. */
const foreignHeaders: readonly (readonly Header[])[] = [
  [['Origin', 'https://evil.example']],
  [['Origin', 'null']],
  [['Sec-Fetch-Site', 'cross-site']],
  [
    ['Origin', 'http://127.0.0.1.evil.example'],
    ['Sec-Fetch-Site', 'cross-site'],
  ],
];

/** Changes method, target, host and headers, each of them rarely. */
export function mutateEnvelope(draft: Draft, host: string, random: Random): Envelope {
  let { method, target } = draft;
  const headers = [...draft.headers];
  if (random.chance(0.05))
    method = random.chance(0.8) ? random.pick(methods) : random.pick(noMethods);
  if (random.chance(0.05)) target = mutateTarget(target, host, random);
  for (let left = random.chance(0.25) ? random.below(4) : 0; left > 0; left--) {
    headers.push(random.pick(odd)(random));
  }
  if (random.chance(0.01)) headers.push(...manyHeaders(random));
  const changed = { ...draft, method, target, headers };
  if (random.chance(0.02)) return { ...changed, host: random.pick(foreignHosts), foreign: 'host' };
  if (random.chance(0.02)) {
    headers.push(...random.pick(foreignHeaders));
    return { ...changed, host, foreign: 'origin' };
  }
  const isOdd = random.chance(0.03);
  return { ...changed, host: isOdd ? oddHost(host, random) : host, foreign: undefined };
}

function oddHost(host: string, random: Random): string | undefined {
  if (random.chance(0.3)) return undefined;
  return random.pick([host.toUpperCase(), host.replace('127.0.0.1', 'localhost'), ...noHosts]);
}

function manyHeaders(random: Random): Header[] {
  return Array.from({ length: random.pick([50, 200, 3000]) }, (_, i): Header => [`X-${i}`, 'y']);
}

function mutateTarget(target: string, host: string, random: Random): string {
  return random.weighted<() => string>([
    [3, () => mutateBytes(Buffer.from(target), random).toString('latin1')],
    [1, () => target.toUpperCase()],
    [1, () => `${target}/`],
    [1, () => `/${target}`],
    [1, () => `/x/..${target}`],
    [1, () => `http://${host}${target}`],
    [1, () => `http://evil.example${target}`],
    [1, () => `${target}#fragment`],
    [1, () => `${target}${target.includes('?') ? '&' : '?'}${'a'.repeat(random.below(20_000))}`],
    [1, () => random.pick(['*', '', ' ', 'x', '//', '/%', '/\u0000', `/${'a/'.repeat(3000)}`])],
  ])();
}

type Framing = readonly [bytes: Buffer, isFramed: boolean];

/** Writes the request. Most have the right length; others are chunked, or have none that is right. */
export function writeRequest(route: string, envelope: Envelope, random: Random): WireRequest {
  const { method, target, headers, foreign } = envelope;
  const [bytes, isFramed] = frame(envelope, random);
  const ending = random.weighted<WireRequest['ending']>([
    [96, 'whole'],
    [2, 'closed'],
    [2, 'reset'],
  ]);
  const sent = ending === 'whole' ? bytes : bytes.subarray(0, random.below(bytes.length));
  const isHttp = isValidHead(envelope) && !headers.some(([name]) => name === 'Upgrade');
  return {
    ...{ route, method, target, headers, ending, foreign },
    bytes: sent,
    writes: random.chance(0.1) ? splits(sent.length, random) : [],
    isFramed: isFramed && isHttp && ending === 'whole',
  };
}

/** Whether the request line and the headers are valid, so that nothing in them ends the request. */
function isValidHead({ method, target, headers, host }: Envelope): boolean {
  const length = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return (
    methods.includes(method) &&
    /^[\x21-\x7e]+$/.test(target) &&
    /^[\x21-\x7e]+$/.test(host ?? '') &&
    headers.every(
      ([name, value]) => /^[\w-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value),
    ) &&
    headers.every(([name]) => name !== 'Connection') &&
    length + target.length < 12_000
  );
}

function splits(length: number, random: Random): number[] {
  const places = Array.from({ length: 1 + random.below(5) }, () => random.below(length));
  return places.toSorted((one, other) => one - other);
}

function frame(envelope: Envelope, random: Random): Framing {
  const { body } = envelope;
  if (body === undefined && random.chance(0.97)) return [head(envelope, []), true];
  const content = body ?? random.bytes(random.below(200));
  return random.weighted<() => Framing>([
    [90, () => [withLength(envelope, content, content.length), true]],
    [6, () => [Buffer.concat([head(envelope, [chunked]), chunks(content, random)]), true]],
    [1, () => [withLength(envelope, content, random.pick(numbers)), false]],
    [1, () => [withLength(envelope, content, content.length + 1 + random.below(50)), false]],
    [1, () => [withLength(envelope, content, random.below(content.length + 1)), false]],
    [
      1,
      () => [
        Buffer.concat([head(envelope, [chunked]), mutateBytes(chunks(content, random), random)]),
        false,
      ],
    ],
    [1, () => [smuggled(envelope, content, random), false]],
  ])();
}

const chunked: Header = ['Transfer-Encoding', 'chunked'];

function withLength(envelope: Envelope, content: Buffer, length: number | string): Buffer {
  return Buffer.concat([head(envelope, [['Content-Length', String(length)]]), content]);
}

/** Two framings in one request, of which proxies and servers may each take another. */
function smuggled(envelope: Envelope, content: Buffer, random: Random): Buffer {
  const length: Header = ['Content-Length', String(content.length)];
  const framings: readonly (readonly Header[])[] = [
    [length, chunked],
    [length, ['Content-Length', String(content.length + 1)]],
    [['Transfer-Encoding', 'identity'], length],
    [['Transfer-Encoding', 'chunked, identity']],
    [['Transfer-Encoding', 'gzip, chunked']],
    [['Transfer-Encoding', ' chunked'], length],
    [['Transfer-Encoding ', 'chunked'], length],
    [['Transfer\u0000-Encoding', 'chunked'], length],
  ];
  const next = Buffer.from('GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n');
  const rest = random.chance(0.5) ? chunks(content, random) : content;
  return Buffer.concat([head(envelope, random.pick(framings)), rest, next]);
}

function chunks(content: Buffer, random: Random): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < content.length; ) {
    const size = Math.min(content.length - at, 1 + random.below(random.pick([10, 1000, 100_000])));
    const extension = random.chance(0.05) ? ';name="value"' : '';
    parts.push(Buffer.from(`${size.toString(16)}${extension}\r\n`));
    parts.push(content.subarray(at, at + size), Buffer.from('\r\n'));
    at += size;
  }
  const trailer = random.chance(0.1) ? 'X-Trailer: y\r\n' : '';
  return Buffer.concat([...parts, Buffer.from(`0\r\n${trailer}\r\n`)]);
}

function head({ method, target, host, headers }: Envelope, framing: readonly Header[]): Buffer {
  const all: Header[] = [
    ...(host === undefined ? [] : [['Host', host] as const]),
    ...headers,
    ...framing,
  ];
  const lines = all.map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(
    `${[`${method} ${target} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`,
    'latin1',
  );
}
