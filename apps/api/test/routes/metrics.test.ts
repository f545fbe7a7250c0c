import type { LoadedModel } from '@digits/nn';
import test from 'ava';
import { createMetrics } from '../../src/plugins/metrics.ts';
import { buildTestApp, loadTinyShadow } from '../support/app.ts';
import { postFeedback } from '../support/feedback.ts';

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
  t.true((await app.inject('/metrics')).body.includes('digits_feedback_total{label="4"} 1\n'));
});

test('process metrics are reported', async t => {
  const app = await buildTestApp(t);
  t.regex((await app.inject('/metrics')).body, /process_resident_memory_bytes \d/);
});
