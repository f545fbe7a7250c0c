import test from 'ava';
import { buildTestApp } from '../support/app.ts';

test('an answer is neither guessed at, nor run, framed or kept', async t => {
  const app = await buildTestApp(t);
  for (const url of ['/health/live', '/nowhere', '/openapi.json']) {
    t.like((await app.inject(url)).headers, {
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
  }
});

test('the documentation may run its own scripts, and nobody else’s', async t => {
  const app = await buildTestApp(t);
  const { headers } = await app.inject('/docs/');
  t.regex(String(headers['content-security-policy']), /script-src 'self'[;,]/);
});

test('a request has the name that the client gave it', async t => {
  const app = await buildTestApp(t);
  const headers = { 'x-request-id': 'trace-1:a.b' };
  const response = await app.inject({ url: '/health/live', headers });
  t.is(response.headers['x-request-id'], 'trace-1:a.b');
});

for (const id of ['', 'x'.repeat(65), 'a b', '{"a":1}', 'ä']) {
  test(`a name that cannot stand in a log is replaced: ${id}`, async t => {
    const app = await buildTestApp(t);
    const response = await app.inject({ url: '/health/live', headers: { 'x-request-id': id } });
    t.regex(String(response.headers['x-request-id']), /^[0-9a-f-]{36}$/);
  });
}
