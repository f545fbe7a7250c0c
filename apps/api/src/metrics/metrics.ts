// The service's Prometheus metrics, in a registry of their own because tests build many apps in one
// process. routes/metrics.ts serves them.

import { Counter, Gauge, Registry } from 'prom-client';
import { createFeedbackMetrics, type FeedbackMetrics } from './feedback-metrics.ts';
import { Histogram, type Series } from './histogram.ts';
import { createShadowMetrics, type ShadowMetrics } from './shadow-metrics.ts';

/** The stages of a prediction, in order. */
export type Stage = 'decode' | 'preprocess' | 'infer';

/** Measures the stages of a prediction. */
export interface StageTimer {
  /**
   * Records the duration of a stage that ends now.
   *
   * @param startMs its start, by `performance.now()`
   * @returns the time now, which is the start of the next stage
   */
  observe(stage: Stage, startMs: number): number;
}

/** What a check of MODELS_URL had as its result. */
export type RemoteCheckResult = 'unchanged' | 'installed' | 'failed';

/** A timer that records nothing. */
export const noTimings: StageTimer = { observe: () => 0 };

/** The members of a prediction that are counted. */
interface CountedAnswer {
  readonly digit: number | null;
  readonly reason: string | null;
}

export interface Metrics {
  readonly registry: Registry;
  readonly stages: StageTimer;
  readonly shadow: ShadowMetrics;
  readonly feedback: FeedbackMetrics;
  answered(answer: CountedAnswer): void;
  /** A model is served from now on, the first one included. */
  modelServed(model: { readonly version: string; readonly sha256: string }): void;
  /** A model could not be served; the code is that of the error. */
  modelRefused(code: string): void;
  /** champion.json of MODELS_URL was requested. */
  modelsUrlChecked(result: RemoteCheckResult): void;
  feedbackStored(label: number): void;
  requestEnded(method: string, route: string, status: number, durationMs: number): void;
}

/** In seconds: decoding a small PNG takes 30 µs, a photograph of 12 megapixels some 100 ms. */
const stageBuckets = [
  25e-6, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 1,
];
/** In seconds, up to the request timeout. */
const requestBuckets = [5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5, 10, 60];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const { requests, stages, answers, model, served, refused, checks, corrections } =
    createMeters(registry);
  const seriesOf = new Map<string, Series>();
  return {
    registry,
    shadow: createShadowMetrics(registry),
    feedback: createFeedbackMetrics(registry),
    stages: {
      observe(stage, startMs) {
        const nowMs = performance.now();
        stages[stage].observe((nowMs - startMs) / 1000);
        return nowMs;
      },
    },
    answered({ digit, reason }) {
      answers.inc({ digit: digit ?? 'none', reason: reason ?? 'none' });
    },
    modelServed({ version, sha256 }) {
      served.inc();
      model.reset();
      model.set({ version, sha256 }, 1);
    },
    modelRefused: code => refused.inc({ code }),
    modelsUrlChecked: result => checks.inc({ result }),
    feedbackStored: label => corrections.inc({ label }),
    requestEnded(method, route, status, durationMs) {
      const key = `${method} ${status} ${route}`;
      const series = seriesOf.get(key) ?? requests.series({ method, route, status });
      seriesOf.set(key, series);
      series.observe(durationMs / 1000);
    },
  };
}

/** Of the workers of one service: each of them serves the same models. Others are added up. */
const sameInAll = 'max';

function createMeters(registry: Registry) {
  const registers = [registry];
  const requests = new Histogram(registry, {
    name: 'http_request_duration_seconds',
    help: 'Duration from the headers of a request to the end of its response.',
    buckets: requestBuckets,
  });
  const durations = new Histogram(registry, {
    name: 'digits_stage_duration_seconds',
    help: 'Duration of decoding, preprocessing and inference of a picture.',
    buckets: stageBuckets,
  });
  const stages: Readonly<Record<Stage, Series>> = {
    decode: durations.series({ stage: 'decode' }),
    preprocess: durations.series({ stage: 'preprocess' }),
    infer: durations.series({ stage: 'infer' }),
  };
  const answers = new Counter({
    name: 'digits_answers_total',
    help: 'Predictions by digit and rejection reason; "none" stands for null.',
    labelNames: ['digit', 'reason'],
    registers,
  });
  const model = new Gauge({
    name: 'digits_model_info',
    help: 'Always 1; the labels name the served model.',
    labelNames: ['version', 'sha256'],
    aggregator: sameInAll,
    registers,
  });
  const served = new Counter({
    name: 'digits_models_served_total',
    help: 'Models that were put into service, including the first.',
    aggregator: sameInAll,
    registers,
  });
  const refused = new Counter({
    name: 'digits_models_refused_total',
    help: 'Models that could not be served, by error code.',
    labelNames: ['code'],
    aggregator: sameInAll,
    registers,
  });
  const checks = new Counter({
    name: 'digits_models_url_checks_total',
    help: 'Checks of MODELS_URL: unchanged, another champion installed, or failed.',
    labelNames: ['result'],
    registers,
  });
  const corrections = new Counter({
    name: 'digits_feedback_total',
    help: 'Corrections that were stored, by label.',
    labelNames: ['label'],
    registers,
  });
  return { requests, stages, answers, model, served, refused, checks, corrections };
}
