// What the service counts and measures of itself, in a registry of its own: tests build many apps in
// one process. How a program reads it stands in routes/metrics.ts.

import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { createShadowMetrics, type ShadowMetrics } from './shadow-metrics.ts';

/** What a picture goes through, in this order. */
export type Stage = 'decode' | 'preprocess' | 'infer';

/** What `predict` tells of its course. */
export interface StageTimer {
  /**
   * Measures a stage that ends now.
   *
   * @param startMs when it began, by `performance.now()`
   * @returns now, which is when the next one begins
   */
  ended(stage: Stage, startMs: number): number;
}

/** For whoever asks `predict` without measuring it. */
export const noTimings: StageTimer = { ended: () => 0 };

/** As far as the metrics care for an answer. */
interface Answer {
  readonly digit: number | null;
  readonly reason: string | null;
}

export interface Metrics {
  readonly registry: Registry;
  readonly stages: StageTimer;
  readonly shadow: ShadowMetrics;
  answered(answer: Answer): void;
  /** A model took its place, the first one included. */
  modelServed(model: { readonly version: string; readonly sha256: string }): void;
  /** A model was found and not taken; the code says why. */
  modelRefused(code: string): void;
  feedbackStored(label: number): void;
  requestEnded(method: string, route: string, status: number, durationMs: number): void;
}

/** In seconds. A small PNG takes 30 µs to decode, a photo of 12 megapixels some 100 ms. */
const stageBuckets = [
  25e-6, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 1,
];
/** In seconds, up to a request that took all the time there is. */
const requestBuckets = [5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5, 10, 60];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'From the head of the request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: requestBuckets,
    registers,
  });
  const stages = new Histogram({
    name: 'digits_stage_duration_seconds',
    help: 'How long a picture takes to decode, to preprocess and to infer.',
    labelNames: ['stage'],
    buckets: stageBuckets,
    registers,
  });
  const answers = new Counter({
    name: 'digits_answers_total',
    help: 'Answers by digit, and by the reason not to accept them; "none" stands for null.',
    labelNames: ['digit', 'reason'],
    registers,
  });
  const model = new Gauge({
    name: 'digits_model_info',
    help: 'Always 1; the labels say which model answers.',
    labelNames: ['version', 'sha256'],
    registers,
  });
  const served = new Counter({
    name: 'digits_models_served_total',
    help: 'Models that took their place, the first one included.',
    registers,
  });
  const refused = new Counter({
    name: 'digits_models_refused_total',
    help: 'Models that were found and not taken, by the code of what is wrong with them.',
    labelNames: ['code'],
    registers,
  });
  const feedback = new Counter({
    name: 'digits_feedback_total',
    help: 'Pictures that were stored with their right label, by label.',
    labelNames: ['label'],
    registers,
  });
  return {
    registry,
    shadow: createShadowMetrics(registry),
    stages: {
      ended(stage, startMs) {
        const nowMs = performance.now();
        stages.observe({ stage }, (nowMs - startMs) / 1000);
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
    feedbackStored: label => feedback.inc({ label }),
    requestEnded(method, route, status, durationMs) {
      requests.observe({ method, route, status }, durationMs / 1000);
    },
  };
}
