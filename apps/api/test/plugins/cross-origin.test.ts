import test from 'ava';
import { buildTestApp } from '../support/app.ts';

const headers = { origin: 'https://a.example' };

test('no page of another origin may read an answer', async t => {
  const app = await buildTestApp(t);
  const response = await app.inject({ url: '/model', headers });
  t.is(response.headers['access-control-allow-origin'], undefined);
});

test('a page of an origin that is named may', async t => {
  const app = await buildTestApp(t, { corsOrigins: ['https://a.example'] });
  const response = await app.inject({ url: '/model', headers });
  t.is(response.headers['access-control-allow-origin'], 'https://a.example');
  const other = await app.inject({ url: '/model', headers: { origin: 'https://b.example' } });
  t.not(other.headers['access-control-allow-origin'], 'https://b.example');
});

test('a browser may ask beforehand, without the key', async t => {
  const apiKey = 'a-key-for-these-tests';
  const app = await buildTestApp(t, { apiKey, corsOrigins: ['https://a.example'] });
  const response = await app.inject({
    method: 'OPTIONS',
    url: '/predict',
    headers: { ...headers, 'access-control-request-method': 'POST' },
  });
  t.is(response.statusCode, 204);
});
