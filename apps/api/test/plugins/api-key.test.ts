import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import test from 'ava';
import { KeyAttempts, maxWrongKeysPerMinute } from '../../src/plugins/key-attempts.ts';
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

test('after too many wrong keys no key from that address is compared for a while', async t => {
  const app = await buildTestApp(t, { apiKey, rateLimit: 0 });
  const from = (remoteAddress: string, headers = {}) =>
    app.inject({ url: '/v2/models/digits', remoteAddress, headers });
  for (let i = 0; i < maxWrongKeysPerMinute; i++)
    t.is((await from('192.0.2.1', { 'x-api-key': `wrong-${i}` })).statusCode, 401);
  for (const key of ['wrong', apiKey]) {
    const { statusCode, headers, body } = await from('192.0.2.1', { 'x-api-key': key });
    t.is(statusCode, 429);
    t.is(JSON.parse(body).code, 'too-many-wrong-keys');
    t.true(Number(headers['retry-after']) > 0 && Number(headers['retry-after']) <= 60);
  }
  t.is((await from('192.0.2.1')).statusCode, 401);
  t.is((await from('192.0.2.2', { 'x-api-key': apiKey })).statusCode, 200);
  const probe = await app.inject({ url: '/health/ready', remoteAddress: '192.0.2.1' });
  t.is(probe.statusCode, 200);
});

test('others who share an address cannot lock out the holder of the key', async t => {
  const app = await buildTestApp(t, { apiKey });
  const send = async (key: string) =>
    (await app.inject({ url: '/metrics', headers: { 'x-api-key': key } })).statusCode;
  t.is(await send(apiKey), 200);
  for (let i = 0; i < maxWrongKeysPerMinute; i++) t.is(await send('wrong'), 401);
  t.is(await send('wrong'), 429);
  t.is(await send(apiKey), 200);
});

test('a missing key is no attempt', async t => {
  const app = await buildTestApp(t, { apiKey });
  for (let i = 0; i < 2 * maxWrongKeysPerMinute; i++) {
    for (const headers of [{}, { authorization: 'Bearer' }, { authorization: 'Negotiate abc' }])
      isProblem(t, injected(await app.inject({ url: '/model', headers })), 401, 'unauthorized');
  }
});

test('keys that arrive in one segment are counted one by one', async t => {
  const app = await buildTestApp(t, { apiKey });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  const withKey = (key: string, more = '') =>
    `GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-API-Key: ${key}\r\n${more}\r\n`;
  socket.write(`${withKey('wrong').repeat(50)}${withKey(apiKey, 'Connection: close\r\n')}`);
  const answers = (await text(socket)).matchAll(/HTTP\/1.1 (\d+)/g);
  const counts = Object.groupBy(answers, ([, status = '']) => status);
  t.is(counts['401']?.length, maxWrongKeysPerMinute);
  t.is(counts['429']?.length, 41);
});

test('an address may try again after a minute', t => {
  let nowMs = 0;
  const attempts = new KeyAttempts(
    address => address,
    () => nowMs,
  );
  for (let i = 0; i < maxWrongKeysPerMinute; i++) t.is(attempts.addWrong('a'), 0);
  nowMs = 59_500;
  t.false(attempts.mayTry('a'));
  t.is(attempts.addWrong('a'), 1);
  nowMs = 60_000;
  t.true(attempts.mayTry('a'));
  t.is(attempts.addWrong('a'), 0);
});

test('the oldest of many addresses are forgotten', t => {
  const attempts = new KeyAttempts(address => address);
  for (let i = 0; i < maxWrongKeysPerMinute; i++) attempts.addWrong('first');
  for (let i = 1; i < 5000; i++) attempts.addWrong(`${i}`);
  t.false(attempts.mayTry('first'));
  attempts.addWrong('one more');
  t.true(attempts.mayTry('first'));
});
