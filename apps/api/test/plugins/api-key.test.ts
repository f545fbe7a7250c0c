import test from 'ava';
import { buildTestApp } from '../support/app.ts';
import { injected, isProblem } from '../support/problem.ts';

const apiKey = 'a-key-for-these-tests';
const basic = (password: string) => `Basic ${Buffer.from(`anyone:${password}`).toString('base64')}`;

for (const url of ['/metrics', '/model', '/openapi.json', '/docs/', '/nowhere', '/feedback']) {
  test(`without the key, ${url} is refused`, async t => {
    const app = await buildTestApp(t, { apiKey });
    const response = await app.inject(url);
    isProblem(t, injected(response), 401, 'unauthorized');
    t.regex(String(response.headers['www-authenticate']), /^(Bearer|Basic) realm="digits"$/);
  });
}

test('without the key, no picture is processed', async t => {
  const app = await buildTestApp(t, { apiKey });
  const headers = { 'content-type': 'image/png' };
  const response = await app.inject({ method: 'POST', url: '/predict', headers, payload: 'x' });
  isProblem(t, injected(response), 401, 'unauthorized');
});

test('the probes need no key', async t => {
  const app = await buildTestApp(t, { apiKey });
  for (const url of ['/health/live', '/health/ready', '/v2/health/live', '/v2/health/ready']) {
    t.is((await app.inject(url)).statusCode, 200);
  }
});

for (const headers of [
  { authorization: `Bearer ${apiKey}` },
  { authorization: `bearer ${apiKey}` },
  { 'x-api-key': apiKey },
]) {
  test(`the key is accepted as ${Object.entries(headers)}`, async t => {
    const app = await buildTestApp(t, { apiKey });
    t.is((await app.inject({ url: '/metrics', headers })).statusCode, 200);
  });
}

for (const headers of [
  { authorization: 'Bearer another-key-of-16' },
  { authorization: `Bearer${apiKey}` },
  { authorization: 'Bearer' },
  { authorization: basic(apiKey) },
  { 'x-api-key': `${apiKey}x` },
]) {
  test(`access is refused with ${Object.entries(headers)}`, async t => {
    const app = await buildTestApp(t, { apiKey });
    isProblem(t, injected(await app.inject({ url: '/metrics', headers })), 401, 'unauthorized');
  });
}

test('the documentation accepts the key as a password', async t => {
  const app = await buildTestApp(t, { apiKey });
  const headers = { authorization: basic(apiKey) };
  t.is((await app.inject({ url: '/docs/', headers })).statusCode, 200);
  const wrong = { authorization: basic('another') };
  t.is((await app.inject({ url: '/docs/', headers: wrong })).statusCode, 401);
});

test('where no key is configured, none is needed', async t => {
  const app = await buildTestApp(t);
  t.is((await app.inject('/metrics')).statusCode, 200);
});
