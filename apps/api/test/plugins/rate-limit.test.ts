import test from 'ava';
import { buildTestApp } from '../support/app.ts';
import { injected, isProblem } from '../support/problem.ts';

test('an address that asks too often is told when to come back', async t => {
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

test('the probes have no limit', async t => {
  const app = await buildTestApp(t, { rateLimit: 1 });
  for (let request = 0; request < 3; request++) {
    t.is((await app.inject('/health/ready')).statusCode, 200);
  }
});

test('only a proxy that is trusted says who asks', async t => {
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
