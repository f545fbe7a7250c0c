// Requests of web pages, with the headers that Chromium sends over a real socket. `nx run api:browser`
// sends them from Chromium itself.

import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { hostname } from 'node:os';
import { json, text } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import type { Config } from '../../src/config/config.ts';
import { createHostCheck } from '../../src/plugins/allowed-hosts.ts';
import { type ProblemCode, problems } from '../../src/problem.ts';
import { buildTestApp } from '../support/app.ts';
import { picture } from '../support/feedback.ts';
import { formBody, formHeaders } from '../support/form.ts';
import { injected, isProblem } from '../support/problem.ts';

type Headers = Readonly<Record<string, string>>;

const post = (path: string, headers: Headers) => ({ method: 'POST', path, headers });
const get = (path: string, headers: Headers) => ({ method: 'GET', path, headers });

const correction = formBody(
  { name: 'label', content: '1' },
  { name: 'file', filename: 'digit.png', type: 'image/png', content: picture(0) },
);

/** A service on a free port that holds one correction. */
async function startService(t: ExecutionContext, config: Partial<Config> = {}) {
  const app = await buildTestApp(t, config);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const send = async ({ method, path, headers }: ReturnType<typeof get>) => {
    const sent = request({ host: '127.0.0.1', port, method, path, agent: false, headers });
    sent.end(method === 'POST' ? correction : undefined);
    const [response] = await once(sent, 'response');
    const contentType = response.headers['content-type'];
    const body = contentType?.includes('json') ? await json(response) : await text(response);
    return { status: response.statusCode, contentType, body, headers: response.headers };
  };
  const own = await send(post('/feedback', formHeaders));
  t.is(own.status, 201);
  return { port, send, id: (own.body as { id: string }).id, app };
}

/** What a page of another origin sends to a loopback address or over HTTPS. */
const fetchHeaders = (site: string, origin: string) => ({
  origin,
  'sec-fetch-site': site,
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
});
const imageHeaders = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'no-cors',
  'sec-fetch-dest': 'image',
};
const formSubmission = (origin: string) => ({
  ...formHeaders,
  origin,
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'iframe',
});

test('a page of another origin can neither write nor read the store', async t => {
  const { send, id, app } = await startService(t);
  const origin = 'http://site.example';
  for (const attempt of [
    post('/feedback', { ...formHeaders, ...fetchHeaders('cross-site', origin) }),
    post('/feedback', { ...formHeaders, ...fetchHeaders('same-site', 'http://127.0.0.1:3000') }),
    post('/feedback', { ...formHeaders, ...fetchHeaders('cross-site', 'null') }),
    post('/feedback', formSubmission(origin)),
    post('/feedback', { ...formHeaders, ...imageHeaders }),
    // Without Sec-Fetch-Site, as an older browser does, or any to a name over plain HTTP.
    post('/feedback', { ...formHeaders, origin }),
    post('/feedback', { ...formHeaders, origin: 'null' }),
    post('/predict', { ...formHeaders, origin }),
    get('/feedback', fetchHeaders('cross-site', origin)),
    get(`/feedback/${id}/image`, imageHeaders),
    get('/model', { origin }),
    get('/nowhere', { origin }),
    { method: 'DELETE', path: `/feedback/${id}`, headers: { origin } },
    { method: 'OPTIONS', path: `/feedback/${id}`, headers: { origin } },
  ])
    isProblem(t, await send(attempt), 403, 'origin-not-allowed');
  t.is((await app.inject('/feedback')).json().total, 1);
});

test('a key does not allow a page of another origin', async t => {
  const apiKey = 'a-key-for-these-tests';
  const app = await buildTestApp(t, { apiKey });
  const headers = { origin: 'http://site.example', 'x-api-key': apiKey };
  isProblem(t, injected(await app.inject({ url: '/model', headers })), 403, 'origin-not-allowed');
});

test('a rebound host name reaches neither the store nor the documentation', async t => {
  const { send, id, port, app } = await startService(t);
  const host = `rebound.example:${port}`;
  const sameOrigin = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
  for (const attempt of [
    post('/feedback', { ...formHeaders, ...sameOrigin }),
    get('/feedback', { host }),
    get(`/feedback/${id}/image`, { host }),
    get('/feedback/export', { host }),
    get('/docs/', { host }),
    get('/', { host }),
    get('/nowhere', { host }),
    { method: 'DELETE', path: `/feedback/${id}`, headers: sameOrigin },
    // Not even with a name that the page may choose.
    get('/feedback', { host, 'x-forwarded-host': 'localhost' }),
  ]) {
    const answer = await send(attempt);
    isProblem(t, answer, 403, 'host-not-allowed');
    t.regex((answer.body as { detail: string }).detail, /Add "rebound\.example" to ALLOWED_HOSTS/);
  }
  t.is((await app.inject('/feedback')).json().total, 1);
});

test('the own pages, opened addresses and programs are answered', async t => {
  const { send, port } = await startService(t);
  const host = `localhost:${port}`;
  const own = { ...formHeaders, host };
  for (const headers of [
    { ...own, ...fetchHeaders('same-origin', `http://${host}`) },
    { ...own, origin: `http://${host}` },
    // A proxy added TLS.
    { ...own, origin: `https://${host}` },
    { ...own, 'sec-fetch-site': 'none' },
    own,
  ])
    t.is((await send(post('/feedback', headers))).status, 200);
  t.is((await send(post('/feedback', { ...own, origin: 'http://localhost:1' }))).status, 403);
});

test('probes, metrics and pages can be reached from another page', async t => {
  const { send } = await startService(t);
  const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  for (const path of ['/health/live', '/v2/health/ready', '/metrics', '/docs/', '/openapi.json'])
    t.is((await send(get(path, headers))).status, 200, path);
  for (const path of ['/health/live', '/v2/health/ready', '/metrics'])
    t.is((await send(get(path, { host: '10.1.2.3:8000' }))).status, 200, path);
});

test('pages of an origin in CORS_ORIGIN read and write with CORS', async t => {
  const origin = 'https://app.example';
  const { send, id } = await startService(t, { corsOrigins: [origin] });
  const asked = { 'access-control-request-method': 'DELETE' };
  const preflight = { method: 'OPTIONS', path: `/feedback/${id}` };
  const cors = fetchHeaders('cross-site', origin);
  const answer = await send({ ...preflight, headers: { ...cors, ...asked } });
  t.is(answer.status, 204);
  t.is(answer.headers['access-control-allow-origin'], origin);
  t.is((await send(post('/feedback', { ...formHeaders, ...cors }))).status, 200);
  t.is((await send(get(`/feedback/${id}/image`, cors))).status, 200);
  // An element without the attribute crossorigin names no origin.
  isProblem(t, await send(get(`/feedback/${id}/image`, imageHeaders)), 403, 'origin-not-allowed');
  const foreign = { ...asked, ...fetchHeaders('cross-site', 'https://b.example') };
  const refused = await send({ ...preflight, headers: foreign });
  t.is(refused.headers['access-control-allow-origin'], undefined);
  isProblem(t, await send(get('/feedback', foreign)), 403, 'origin-not-allowed');
});

test('CORS_ORIGIN=* allows the pages of every origin, but no rebound name', async t => {
  const { send } = await startService(t, { corsOrigins: ['*'] });
  for (const headers of [imageHeaders, fetchHeaders('cross-site', 'null')])
    t.is((await send(get('/feedback', headers))).status, 200);
  isProblem(t, await send(get('/feedback', { host: 'a.example' })), 403, 'host-not-allowed');
});

test('a refusal can be read by the pages of an allowed origin', async t => {
  const origin = 'https://app.example';
  const { send } = await startService(t, { corsOrigins: [origin] });
  const { status, headers } = await send(get('/model', { host: 'a.example', origin }));
  t.is(status, 403);
  t.is(headers['access-control-allow-origin'], origin);
});

test('behind a proxy the forwarded name counts too', async t => {
  const { send } = await startService(t, { trustedProxies: 1, allowedHosts: ['digits.example'] });
  const forwarded = { 'x-forwarded-host': 'digits.example' };
  const origin = { origin: 'https://digits.example' };
  t.is((await send(post('/feedback', { ...formHeaders, ...forwarded, ...origin }))).status, 200);
  for (const headers of [
    { ...forwarded, host: 'a.example' },
    { host: 'localhost', 'x-forwarded-host': 'a.example' },
    { host: 'localhost', 'x-forwarded-host': 'digits.example, a.example' },
  ])
    isProblem(t, await send(get('/model', headers)), 403, 'host-not-allowed');
});

/** Sends a request whose head is written as it is. */
async function sendHead(port: number, head: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${head}\r\n\r\n`);
  return text(socket);
}

for (const [title, head, code] of [
  ['no header Host', 'GET /model HTTP/1.0', 'host-not-allowed'],
  ['an empty one', 'GET /model HTTP/1.0\r\nHost:', 'host-not-allowed'],
  ['more than a host in it', 'GET /model HTTP/1.0\r\nHost: a@localhost', 'host-not-allowed'],
  ['a very long one', `GET /model HTTP/1.0\r\nHost: ${'a'.repeat(9999)}`, 'host-not-allowed'],
  ['two of them', 'GET /model HTTP/1.0\r\nHost: localhost\r\nhost: localhost', 'bad-request'],
] satisfies [string, string, ProblemCode][]) {
  test(`a request with ${title} is refused`, async t => {
    const { port } = await startService(t);
    const [start = '', body = ''] = (await sendHead(port, head)).split('\r\n\r\n');
    t.true(start.startsWith(`HTTP/1.1 ${problems[code].status} `), start);
    t.is(JSON.parse(body).code, code);
    t.true(body.length < 500);
  });
}

const loopback = ['localhost', 'LOCALHOST:1', 'a.localhost', 'localhost.', '127.9.9.9', '[::1]:80'];
const foreign = ['a.example', 'notlocalhost', '127.0.0.1.a.example', 'localhost.a.example', '::1'];

for (const [host, allowedHosts, accepted, refused] of [
  ['127.0.0.1', [], [], ['10.1.2.3', '0.0.0.0', '[fd00::1]']],
  ['localhost', [], [], ['10.1.2.3']],
  ['::1', [], [], ['[fd00::1]']],
  ['10.1.2.3', [], ['10.1.2.3:8000'], ['10.1.2.4', '[fd00::1]']],
  ['fd00::1%2', [], ['[fd00::1]', '[FD00:0:0::1]'], ['[fd00::2]']],
  ['Digits.example', [], ['digits.example', 'digits.example.:80'], ['a.digits.example']],
  ['0.0.0.0', [], ['10.1.2.3', '[fd00::1]', hostname(), `${hostname()}.local`], ['10.1.2.3.a']],
  ['::', [], ['10.1.2.3', '[fd00::1]', hostname()], ['digits']],
  ['127.0.0.1', ['digits', '10.1.2.3'], ['digits:80', 'DIGITS', '10.1.2.3'], ['a.digits']],
  ['127.0.0.1', ['.b.example'], ['b.example', 'c.b.example', 'd.c.b.example'], ['ab.example']],
  ['127.0.0.1', ['*.b.example'], ['c.b.example', 'd.c.b.example'], ['b.example', 'ab.example']],
] as const) {
  test(`with HOST=${host} and ALLOWED_HOSTS="${allowedHosts}" the right names are accepted`, t => {
    const isAllowed = createHostCheck({ host, allowedHosts });
    for (const name of [...loopback, ...accepted]) t.true(isAllowed(name), name);
    for (const name of [...foreign, ...refused]) t.false(isAllowed(name), name);
  });
}

test('ALLOWED_HOSTS=* accepts every name', t => {
  const isAllowed = createHostCheck({ host: '127.0.0.1', allowedHosts: ['*'] });
  for (const name of ['a.example', '10.1.2.3:80', '[fd00::1]']) t.true(isAllowed(name), name);
  for (const text of ['', 'a b', 'a/b', 'a@b']) t.false(isAllowed(text), text);
});

test('names that were accepted with many ports are still checked', t => {
  const isAllowed = createHostCheck({ host: '127.0.0.1', allowedHosts: [] });
  for (let port = 1; port < 1000; port++) {
    t.true(isAllowed(`localhost:${port}`));
    t.false(isAllowed(`a.example:${port}`));
  }
});
