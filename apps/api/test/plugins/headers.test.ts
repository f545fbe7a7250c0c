import test from 'ava';
import { buildTestApp } from '../support/app.ts';

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
