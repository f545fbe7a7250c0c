// The search for a service: open ports.

import test from 'ava';
import { isPortOpen } from '../../src/service/discovery.ts';
import { closedUrl, respondSeven, serveFor } from '../fake-service.ts';

test('a port that accepts a connection is open', async t => {
  const { url } = await serveFor(t, respondSeven);
  t.true(await isPortOpen(url, 60_000));
  t.true(await isPortOpen(`${url}/some/path`, 60_000));
});

for (const url of [closedUrl, 'http://[::1]:1', 'http://no-such-host.invalid:1']) {
  test(`no port is open at ${url}`, async t => {
    t.false(await isPortOpen(url, 60_000));
  });
}
