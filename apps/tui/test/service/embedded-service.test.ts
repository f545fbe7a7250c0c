import test, { type ExecutionContext } from 'ava';
import { type EmbeddedService, startEmbeddedService } from '../../src/service/embedded-service.ts';
import { type ChildName, childEntry } from './child.ts';

/** Starts a service that is stopped with the test, however that ends. */
function start(
  t: ExecutionContext,
  name: ChildName,
  { startTimeoutMs = 60_000, stopTimeoutMs = 60_000 } = {},
): EmbeddedService {
  const service = startEmbeddedService({ entry: childEntry(name), startTimeoutMs, stopTimeoutMs });
  t.teardown(service.stop);
  return service;
}

test('a service that listens reports its address and answers there', async t => {
  const service = start(t, 'listens');
  const response = await fetch(`${await service.listening}/health/ready`);
  t.like(await response.json(), { status: 'ready' });
});

test('a stopped service has exited, and its port is closed', async t => {
  const service = start(t, 'listens');
  const url = await service.listening;
  await service.stop();
  await t.throwsAsync(fetch(url));
  t.regex(await service.ended, /^it ended with /);
});

test('stopping twice does no harm', async t => {
  const service = start(t, 'listens');
  await service.listening;
  await Promise.all([service.stop(), service.stop()]);
  await t.notThrowsAsync(service.stop());
});

test('a service that is stopped before it listens never does', async t => {
  const service = start(t, 'says-nothing');
  await service.stop();
  t.like(await t.throwsAsync(service.listening), { code: 'service-not-started' });
});

test('a service that ignores SIGTERM is killed', async t => {
  const service = start(t, 'will-not-end', { stopTimeoutMs: 20 });
  await service.listening;
  await service.stop();
  t.is(await service.ended, 'it ended with signal SIGKILL');
});

test('a service that fails is reported with its error', async t => {
  t.like(await t.throwsAsync(start(t, 'fails').listening), {
    code: 'service-not-started',
    message: 'The embedded service did not start: it ended with exit code 1: RangeError: No model.',
  });
});

test('a service that exits with a message is reported with that message', async t => {
  const service = start(t, 'refuses');
  t.is(await service.ended, 'it ended with exit code 3: There is no model. Train one first');
  await t.throwsAsync(service.listening);
});

test('a service that does not listen in time has not started', async t => {
  const service = start(t, 'says-nothing', { startTimeoutMs: 20 });
  t.like(await t.throwsAsync(service.listening), {
    code: 'service-not-started',
    message: 'The embedded service did not start: it was not ready after 0.02 s.',
  });
});
