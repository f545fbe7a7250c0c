import { setImmediate } from 'node:timers/promises';
import test from 'ava';
import fastify from 'fastify';
import { registerErrorHandlers } from '../../src/plugins/error-handlers.ts';
import { registerOverloadProtection } from '../../src/plugins/load-limits.ts';
import { injected, isProblem } from '../support/problem.ts';

test('under pressure requests are turned away, but life and figures are still told', async t => {
  const app = fastify();
  t.teardown(() => app.close());
  registerErrorHandlers(app);
  await registerOverloadProtection(app, {
    maxEventLoopDelayMs: 0,
    maxMemoryBytes: 1,
    sampleIntervalMs: 10,
  });
  for (const url of ['/health/live', '/metrics', '/predict']) app.get(url, async () => 'here');
  // Until the first sample nobody knows of any pressure.
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
