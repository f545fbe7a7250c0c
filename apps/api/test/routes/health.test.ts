import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { buildTestApp, loadTinyChampion } from '../support/app.ts';
import { injected, isProblem } from '../support/problem.ts';

test('the service is live', async t => {
  const app = await buildTestApp(t);
  const response = await app.inject('/health/live');
  t.is(response.statusCode, 200);
  t.deepEqual(response.json(), { status: 'live' });
});

test('with a model the service is ready, and names the model', async t => {
  const champion = await loadTinyChampion();
  const app = await buildTestApp(t, { models: { champion } });
  const response = await app.inject('/health/ready');
  t.is(response.statusCode, 200);
  t.deepEqual(response.json(), {
    status: 'ready',
    model: { name: 'digits', version: 'tiny-1', sha256: champion.sha256 },
    feedback: 'available',
  });
});

test('without a store of corrections the service is ready, and reports it', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const noFolder = join(folder, 'file');
  await writeFile(noFolder, '');
  const app = await buildTestApp(t, { dataDir: noFolder });
  const response = await app.inject('/health/ready');
  t.is(response.statusCode, 200);
  t.like(response.json(), { status: 'ready', feedback: 'unavailable' });
});

test('without a model the service is live but not ready', async t => {
  const app = await buildTestApp(t, { models: { champion: undefined } });
  t.is((await app.inject('/health/live')).statusCode, 200);
  for (const request of ['/health/ready', { method: 'POST', url: '/predict' }] as const) {
    const response = await app.inject(request);
    t.is(response.headers['retry-after'], '1');
    isProblem(t, injected(response), 503, 'not-ready');
  }
});
