import test, { type ExecutionContext } from 'ava';
import { type EmbeddedService, startEmbeddedService } from '../../src/service/embedded-service.ts';
import { type ChildName, childEntry } from './child.ts';

/** A service that ends with the test, however that ends. */
function start(
  t: ExecutionContext,
  name: ChildName,
  { startTimeoutMs = 60_000, stopTimeoutMs = 60_000 } = {},
): EmbeddedService {
  const service = startEmbeddedService({ entry: childEntry(name), startTimeoutMs, stopTimeoutMs });
  t.teardown(service.stop);
  return service;
}

test('a child that listens says where, and answers there', async t => {
  const service = start(t, 'listens');
  const response = await fetch(`${await service.listening}/health/ready`);
  t.like(await response.json(), { status: 'ready' });
});

test('a child that was stopped is gone, and with it what it listened on', async t => {
  const service = start(t, 'listens');
  const url = await service.listening;
  await service.stop();
  await t.throwsAsync(fetch(url));
  t.regex(await service.ended, /^it ended with /);
});

test('stopping twice is as good as once', async t => {
  const service = start(t, 'listens');
  await service.listening;
  await Promise.all([service.stop(), service.stop()]);
  await t.notThrowsAsync(service.stop());
});

test('a child that is stopped before it listens never does', async t => {
  const service = start(t, 'says-nothing');
  await service.stop();
  t.like(await t.throwsAsync(service.listening), { code: 'service-not-started' });
});

test('a child that will not end is killed', async t => {
  const service = start(t, 'will-not-end', { stopTimeoutMs: 20 });
  await service.listening;
  await service.stop();
  t.is(await service.ended, 'it ended with signal SIGKILL');
});

test('a child that fails is told with its error', async t => {
  t.like(await t.throwsAsync(start(t, 'fails').listening), {
    code: 'service-not-started',
    message: 'The embedded service did not start: it ended with exit code 1: RangeError: No model.',
  });
});

test('a child that refuses is told with its own words', async t => {
  const service = start(t, 'refuses');
  t.is(await service.ended, 'it ended with exit code 3: There is no model. Train one first');
  await t.throwsAsync(service.listening);
});

test('a child that does not listen in time is told so', async t => {
  const service = start(t, 'says-nothing', { startTimeoutMs: 20 });
  t.like(await t.throwsAsync(service.listening), {
    code: 'service-not-started',
    message: 'The embedded service did not start: it was not ready after 0.02 s.',
  });
});
