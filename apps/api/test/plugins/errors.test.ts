// Responses to errors of handlers, and the headers of all responses.

import test from 'ava';
import type { ModelStore } from '../../src/inference/model-store.ts';
import { createLoggerOptions } from '../../src/process/logger.ts';
import { buildTestApp } from '../support/app.ts';
import { LogLines } from '../support/log-lines.ts';
import { injected, isProblem } from '../support/problem.ts';

const brokenStore: ModelStore = {
  get champion(): never {
    throw new Error('a secret of the house');
  },
};

test('an unknown address is not found', async t => {
  const app = await buildTestApp(t);
  const response = await app.inject('/nowhere?x=1');
  isProblem(t, injected(response), 404, 'not-found');
});

test('a wrong method is refused with the allowed ones', async t => {
  const app = await buildTestApp(t);
  const get = await app.inject('/predict?x=1');
  isProblem(t, injected(get), 405, 'method-not-allowed');
  t.is(get.headers.allow, 'POST');

  const put = await app.inject({ method: 'PUT', url: '/health/live' });
  isProblem(t, injected(put), 405, 'method-not-allowed');
  t.is(put.headers.allow, 'GET, HEAD');
});

for (const [method, url, allow] of [
  ['PUT', '/feedback/x', 'GET, HEAD, DELETE'],
  ['PUT', '/feedback/x/image?y=1', 'GET, HEAD'],
  ['POST', '/feedback/export', 'GET, HEAD, DELETE'],
] as const) {
  test(`an address with a parameter lists its methods: ${method} ${url}`, async t => {
    const app = await buildTestApp(t);
    const response = await app.inject({ method, url });
    isProblem(t, injected(response), 405, 'method-not-allowed');
    t.is(response.headers.allow, allow);
  });
}

test('the inference protocol reports errors in its own form', async t => {
  const app = await buildTestApp(t);
  const response = await app.inject({ method: 'DELETE', url: '/v2/models/digits' });
  t.is(response.statusCode, 405);
  t.is(response.headers.allow, 'GET, HEAD');
  t.deepEqual(response.json(), {
    error: 'This address allows GET, HEAD.',
    code: 'method-not-allowed',
  });
});

for (const url of [
  '/feedback//',
  '/feedback//image',
  '/feedback/x/nothing',
  '/feedback/x//',
  '///',
]) {
  test(`an address with an empty or additional segment is not found: ${url}`, async t => {
    const app = await buildTestApp(t);
    isProblem(t, injected(await app.inject({ method: 'PUT', url })), 404, 'not-found');
  });
}

test('an address may end in a slash, on every route and without a redirect', async t => {
  const app = await buildTestApp(t);
  for (const [url, status] of [
    ['/model/', 200],
    ['/health/live/', 200],
    ['/metrics/', 200],
    ['/openapi.json/', 200],
    ['/feedback/?limit=1', 200],
    ['/disagreements/', 200],
    ['/v2/', 200],
    ['/v2/models/digits/', 200],
    ['/v2/models/digits/ready/', 200],
    ['/feedback/x/', 404],
  ] as const) {
    t.is((await app.inject(url)).statusCode, status, url);
  }
  const post = { method: 'POST', headers: { 'content-type': 'image/png' } } as const;
  for (const url of ['/predict/', '/predict/?explain', '/feedback/?label=7']) {
    const response = await app.inject({ ...post, url, payload: 'x' });
    isProblem(t, injected(response), 415, 'not-an-image');
  }
  const get = await app.inject('/predict/');
  isProblem(t, injected(get), 405, 'method-not-allowed');
  t.is(get.headers.allow, 'POST');
});

test('an address that cannot be decoded is a bad request', async t => {
  const app = await buildTestApp(t);
  isProblem(t, injected(await app.inject('/%zz')), 400, 'bad-request');
});

test('a bug is answered without details and logged in full', async t => {
  const log = new LogLines();
  const app = await buildTestApp(t, { models: brokenStore, logger: { stream: log } });
  const response = await app.inject('/health/ready');
  isProblem(t, injected(response), 500, 'internal-error');
  t.notRegex(response.body, /secret/);
  t.like(await log.waitFor(line => line.msg === 'request failed'), {
    err: { message: 'a secret of the house' },
  });
});

test('the query of an address, which may hold a key, is in no line of the log', async t => {
  const log = new LogLines();
  const options = await createLoggerOptions({ logLevel: 'trace', workers: 1 }, false);
  const app = await buildTestApp(t, { logger: { ...options, stream: log } });
  for (const url of [
    '/model?api_key=secret',
    '/nowhere?secret',
    '/feedback?label=secret&key="secret',
    // The router's error contains the whole address.
    '/%zz?token=secret',
  ])
    await app.inject({ url, headers: { 'x-request-id': 'one' } });
  // Two of Fastify's own messages, to which a reply that is sent twice leads.
  app.log.warn(
    'Reply was already sent, did you forget to … in the "/model?key=secret" (GET) route?',
  );
  app.log.error({ err: new Error('Reply was already sent … in "/model?a=\'x\\y"secret" (GET)?') });
  t.is(log.lines.filter(({ msg }) => msg === 'incoming request').length, 4);
  t.true(log.lines.some(({ url }) => url === '/model?…'));
  t.notRegex(JSON.stringify(log.lines), /secret/);
});

test('a path that is no pattern of a route has no methods', async t => {
  const app = await buildTestApp(t);
  for (const url of ['/disagreements/*/label/x', '/a/*/b', '/:a(/b', '/*x', '/feedback/*/x']) {
    isProblem(t, injected(await app.inject({ method: 'PUT', url })), 404, 'not-found');
  }
  const { headers } = await app.inject({ method: 'PUT', url: '/disagreements/*/label' });
  t.is(headers['allow'], 'POST');
});

test('every route documents that a request may be malformed', async t => {
  const { paths } = (await (await buildTestApp(t)).inject('/openapi.json')).json();
  const operations = Object.values<Record<string, { responses: object }>>(paths);
  for (const { responses } of operations.flatMap(Object.values)) t.true('400' in responses);
});

test('responses have the security headers', async t => {
  const app = await buildTestApp(t);
  for (const url of ['/health/live', '/nowhere', '/openapi.json']) {
    t.like((await app.inject(url)).headers, {
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
  }
});

test('the documentation may run scripts of its own origin only', async t => {
  const app = await buildTestApp(t);
  const { headers } = await app.inject('/docs/');
  t.regex(String(headers['content-security-policy']), /script-src 'self'[;,]/);
});

test('the documentation works behind a path prefix: its addresses are relative', async t => {
  const app = await buildTestApp(t);
  t.is((await app.inject('/docs')).headers.location, 'docs/');
  t.notRegex((await app.inject('/docs/')).body, /(src|href)="\//);
});

test('a request keeps the id of the client', async t => {
  const app = await buildTestApp(t);
  const headers = { 'x-request-id': 'trace-1:a.b' };
  const response = await app.inject({ url: '/health/live', headers });
  t.is(response.headers['x-request-id'], 'trace-1:a.b');
});

for (const id of ['', 'x'.repeat(65), 'a b', '{"a":1}', 'ä']) {
  test(`an id that is unsafe to log is replaced: ${id}`, async t => {
    const app = await buildTestApp(t);
    const response = await app.inject({ url: '/health/live', headers: { 'x-request-id': id } });
    t.regex(String(response.headers['x-request-id']), /^[0-9a-f-]{36}$/);
  });
}

const crossOrigin = { origin: 'https://a.example' };

test('by default no page of another origin may read an answer', async t => {
  const app = await buildTestApp(t);
  const response = await app.inject({ url: '/model', headers: crossOrigin });
  t.is(response.headers['access-control-allow-origin'], undefined);
});

test('a page of a configured origin may read an answer', async t => {
  const app = await buildTestApp(t, { corsOrigins: ['https://a.example'] });
  const response = await app.inject({ url: '/model', headers: crossOrigin });
  t.is(response.headers['access-control-allow-origin'], 'https://a.example');
  const other = await app.inject({ url: '/model', headers: { origin: 'https://b.example' } });
  t.not(other.headers['access-control-allow-origin'], 'https://b.example');
});

test('a preflight request needs no key', async t => {
  const apiKey = 'a-key-for-these-tests';
  const app = await buildTestApp(t, { apiKey, corsOrigins: ['https://a.example'] });
  const response = await app.inject({
    method: 'OPTIONS',
    url: '/predict',
    headers: { ...crossOrigin, 'access-control-request-method': 'POST' },
  });
  t.is(response.statusCode, 204);
});
