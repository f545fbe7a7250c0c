import test from 'ava';
import { createMetrics } from '../../src/operations/metrics.ts';
import { buildTestApp } from '../support/app.ts';

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
  metrics.stages.ended('decode', performance.now());
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

test('the process tells of itself', async t => {
  const app = await buildTestApp(t);
  t.regex((await app.inject('/metrics')).body, /process_resident_memory_bytes \d/);
});
