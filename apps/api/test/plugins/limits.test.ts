// The time that a request has to be answered in. That which it has to arrive in is tested in
// hostile/connections.test.ts.

import { Readable } from 'node:stream';
import test from 'ava';
import { buildTestApp } from '../support/app.ts';
import { injected, isProblem } from '../support/problem.ts';

test('a request that is not answered in time is given up, and may be sent again', async t => {
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
