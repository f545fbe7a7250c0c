// The routes about the service itself: health, model and metrics.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LoadedModel, loadChampion } from '@digits/nn';
import test from 'ava';
import prometheus, { Registry } from 'prom-client';
import { Histogram } from '../../src/metrics/histogram.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { buildTestApp, loadTinyChampion, loadTinyShadow } from '../support/app.ts';
import { postFeedback } from '../support/feedback.ts';
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

test('the served model is described', async t => {
  const champion = await loadTinyChampion();
  const app = await buildTestApp(t, { models: { champion } });
  const response = await app.inject('/model');
  t.is(response.statusCode, 200);
  t.deepEqual(response.json(), {
    name: 'digits',
    version: 'tiny-1',
    sha256: champion.sha256,
    layers: [784, 10],
    parameters: 7850,
    preprocessing: 'mnist-fit/2',
    temperature: 1,
    seed: 'none',
    trainedOn: 'nothing',
    acceptance: null,
    accuracy: null,
    remote: null,
    shadow: null,
  });
});

test('the shadow is named', async t => {
  const shadow = await loadTinyShadow(3);
  const app = await buildTestApp(t, { shadows: { shadow } });
  const { version, shadow: named } = (await app.inject('/model')).json();
  t.is(version, 'tiny-1');
  t.deepEqual(named, { name: 'digits', version: 'tiny-3', sha256: shadow.sha256 });
});

test('the committed champion reports its accuracy and thresholds', async t => {
  const folder = fileURLToPath(new URL('../../../../models', import.meta.url));
  const app = await buildTestApp(t, { models: { champion: await loadChampion(folder) } });
  const { accuracy, acceptance } = (await app.inject('/model')).json();
  t.like(accuracy, { data: 'MNIST test images', count: 10_000 });
  t.true(accuracy.accuracy > 0.99);
  t.deepEqual(Object.keys(acceptance), ['minConfidence', 'maxEnergy']);
});

test('without a model there is no description of one', async t => {
  const app = await buildTestApp(t, { models: { champion: undefined } });
  isProblem(t, injected(await app.inject('/model')), 503, 'not-ready');
});

test('requests are measured by method, route and status', async t => {
  const app = await buildTestApp(t);
  await app.inject('/health/live');
  await app.inject('/nowhere/at/all');
  const { headers, body } = await app.inject('/metrics');
  t.regex(String(headers['content-type']), /^text\/plain; version=0\.0\.4/);
  const count = 'http_request_duration_seconds_count';
  t.true(body.includes(`${count}{method="GET",route="/health/live",status="200"} 1`));
  t.true(body.includes(`${count}{method="GET",route="unknown",status="404"} 1`));
});

test('a histogram is written as prom-client writes its own', async t => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const options = { name: 'seconds', help: 'Seconds of "it".', buckets: [0.001, 0.25, 1, 60] };
  const labels = { method: 'GET', route: '/a"b', status: 200 };
  const series = new Histogram(ours, options).series(labels);
  const labelNames = Object.keys(labels);
  const own = new prometheus.Histogram({ ...options, labelNames, registers: [theirs] });
  for (const value of [0, 0.001, 0.0010001, 0.25, 3, 60, 61, 1e9]) {
    series.observe(value);
    own.observe(labels, value);
  }
  t.is(await ours.metrics(), await theirs.metrics());
  // As the processes of a cluster send them.
  t.deepEqual(
    (await ours.getMetricsAsJSON()).map(({ name, aggregator }) => ({ name, aggregator })),
    [{ name: 'seconds', aggregator: 'sum' }],
  );
});

test('stages, answers, models and feedback are counted', async t => {
  const metrics = createMetrics();
  const app = await buildTestApp(t, { metrics });
  metrics.stages.observe('decode', performance.now());
  metrics.answered({ digit: 7, reason: null });
  metrics.answered({ digit: null, reason: 'blank' });
  metrics.modelServed({ version: 'old', sha256: '00' });
  metrics.modelServed({ version: 'new', sha256: '11' });
  metrics.modelRefused('model-corrupt');
  metrics.feedbackStored(4);
  const { body } = await app.inject('/metrics');
  for (const line of [
    'digits_stage_duration_seconds_count{stage="decode"} 1',
    'digits_answers_total{digit="7",reason="none"} 1',
    'digits_answers_total{digit="none",reason="blank"} 1',
    'digits_model_info{version="new",sha256="11"} 1',
    'digits_models_served_total 2',
    'digits_models_refused_total{code="model-corrupt"} 1',
    'digits_feedback_total{label="4"} 1',
  ]) {
    t.true(body.includes(`${line}\n`), line);
  }
  t.false(body.includes('version="old"'));
});

test('the shadow’s metrics are reported as long as there is one', async t => {
  const metrics = createMetrics();
  const shadows: { shadow: LoadedModel | undefined } = { shadow: await loadTinyShadow(3) };
  const app = await buildTestApp(t, { metrics, shadows });
  metrics.shadow.answered();
  metrics.shadow.disagreed(7, 3);
  metrics.shadow.dropped();
  metrics.shadow.failed();
  metrics.shadow.refused('model-missing');
  const { body } = await app.inject('/metrics');
  for (const line of [
    `digits_shadow_info{version="tiny-3",sha256="${shadows.shadow?.sha256}"} 1`,
    'digits_shadow_answers_total 1',
    'digits_shadow_disagreements_total{champion="7",shadow="3"} 1',
    'digits_shadow_dropped_total 1',
    'digits_shadow_failed_total 1',
    'digits_shadow_models_refused_total{code="model-missing"} 1',
  ]) {
    t.true(body.includes(`${line}\n`), line);
  }
  shadows.shadow = undefined;
  t.false((await app.inject('/metrics')).body.includes('digits_shadow_info{'));
});

test('a correction is counted once', async t => {
  const app = await buildTestApp(t);
  await postFeedback(app, '?label=4');
  await postFeedback(app, '?label=4');
  const { body } = await app.inject('/metrics');
  const access = 'store="sqlite",operation="add-correction"';
  for (const line of [
    'digits_feedback_total{label="4"} 1',
    `digits_feedback_accesses_total{${access},result="ok"} 2`,
    `digits_feedback_access_duration_seconds_count{${access}} 2`,
    'digits_feedback_available{store="sqlite"} 1',
  ]) {
    t.true(body.includes(`${line}\n`), line);
  }
});

test('process metrics are reported', async t => {
  const app = await buildTestApp(t);
  t.regex((await app.inject('/metrics')).body, /process_resident_memory_bytes \d/);
});
