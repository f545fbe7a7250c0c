// Rate limit, overload protection and handler timeout. hostile/connections.ts tests the limits of
// requests that arrive slowly.

import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import test from 'ava';
import fastify from 'fastify';
import { registerErrorHandlers } from '../../src/plugins/error-handlers.ts';
import { registerOverloadProtection } from '../../src/plugins/load-limits.ts';
import { buildTestApp } from '../support/app.ts';
import { injected, isProblem } from '../support/problem.ts';

test('an address above the rate limit gets a 429 with Retry-After', async t => {
  const app = await buildTestApp(t, { rateLimit: 2 });
  for (const remaining of ['1', '0']) {
    const response = await app.inject('/model');
    t.is(response.statusCode, 200);
    t.is(response.headers['ratelimit-remaining'], remaining);
  }
  const response = await app.inject('/model');
  isProblem(t, injected(response), 429, 'too-many-requests');
  t.regex(String(response.headers['retry-after']), /^[1-9]\d*$/);
  t.is((await app.inject({ url: '/model', remoteAddress: '192.0.2.1' })).statusCode, 200);
});

test('the probes have no rate limit', async t => {
  const app = await buildTestApp(t, { rateLimit: 1 });
  for (let request = 0; request < 3; request++) {
    t.is((await app.inject('/health/ready')).statusCode, 200);
  }
});

test('X-Forwarded-For is used from trusted proxies only', async t => {
  for (const [trustedProxies, status] of [
    [0, 429],
    [1, 200],
  ] as const) {
    const app = await buildTestApp(t, { rateLimit: 1, trustedProxies });
    await app.inject({ url: '/model', headers: { 'x-forwarded-for': '192.0.2.1' } });
    const second = { url: '/model', headers: { 'x-forwarded-for': '192.0.2.2' } };
    t.is((await app.inject(second)).statusCode, status);
  }
});

test('under overload requests get a 503, except liveness and metrics', async t => {
  const app = fastify();
  t.teardown(() => app.close());
  registerErrorHandlers(app);
  await registerOverloadProtection(app, {
    maxEventLoopDelayMs: 0,
    maxMemoryBytes: 1,
    sampleIntervalMs: 10,
  });
  for (const url of ['/health/live', '/metrics', '/predict']) app.get(url, async () => 'here');
  // Before the first sample there is no overload.
  let response = await app.inject('/predict');
  while (response.statusCode === 200) {
    await setImmediate();
    response = await app.inject('/predict');
  }
  isProblem(t, injected(response), 503, 'overloaded');
  t.is(response.headers['retry-after'], '1');
  t.is((await app.inject('/health/live')).statusCode, 200);
  t.is((await app.inject('/metrics')).statusCode, 200);
});

test('a request that is not answered in time gets a 503', async t => {
  const app = await buildTestApp(t, { handlerTimeoutMs: 50 });
  // The timer alone does not keep the process going.
  await app.listen({ port: 0 });
  const payload = new Readable({ read() {} });
  t.teardown(() => payload.destroy());
  const headers = { 'content-type': 'image/png' };
  const url = '/feedback?label=7';
  const response = await app.inject({ method: 'POST', url, headers, payload });
  isProblem(t, injected(response), 503, 'handler-timeout');
  t.is(response.headers['retry-after'], '1');
});
