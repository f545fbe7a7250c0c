// GET /metrics: the service's metrics in the text format of Prometheus.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { collectDefaultMetrics, type MetricObject } from 'prom-client';
import { Type } from 'typebox';
import type { ShadowStore } from '../inference/model-store.ts';
import type { Metrics } from '../metrics/metrics.ts';

export interface MetricsOptions {
  readonly metrics: Metrics;
  readonly shadows: ShadowStore;
  readonly workers: Workers | undefined;
}

/** The processes of a service that has several. */
export interface Workers {
  /** Sets how the metrics of this one are read. */
  provideMetrics(read: () => Promise<MetricObject[]>): void;
  /** The metrics of all, in the text format of Prometheus. */
  sumMetrics(): Promise<string>;
}

const exampleFigures = [
  '# HELP digits_feedback_total Corrections that were stored, by label.',
  '# TYPE digits_feedback_total counter',
  'digits_feedback_total{label="4"} 12',
  '',
].join('\n');

const schema = {
  summary: 'Metrics for Prometheus',
  description: 'Requests, stages, predictions, models, the shadow, feedback, and the process.',
  tags: ['operations'],
  response: {
    200: {
      description: 'In the text format of Prometheus.',
      content: { 'text/plain': { schema: Type.String({ examples: [exampleFigures] }) } },
    },
  },
};

export const metricsRoutes: FastifyPluginAsyncTypebox<MetricsOptions> = async (
  app,
  { metrics: { registry, shadow }, shadows, workers },
) => {
  let isFirst = true;
  const update = () => {
    // Process metrics cost time to collect, so that starts with the first scrape.
    if (isFirst) collectDefaultMetrics({ register: registry });
    isFirst = false;
    shadow.setModel(shadows.shadow);
  };
  workers?.provideMetrics(() => {
    update();
    return registry.getMetricsAsJSON() as unknown as Promise<MetricObject[]>;
  });
  app.get('/metrics', { schema }, async (_request, reply) => {
    reply.type(registry.contentType);
    if (workers) return workers.sumMetrics();
    update();
    return registry.metrics();
  });
};
