// GET /metrics: the service's figures, for Prometheus.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { collectDefaultMetrics } from 'prom-client';
import { Type } from 'typebox';
import type { ShadowStore } from '../inference/model-store.ts';
import type { Metrics } from '../plugins/metrics.ts';

export interface MetricsOptions {
  readonly metrics: Metrics;
  readonly shadows: ShadowStore;
}

const exampleFigures = [
  '# HELP digits_feedback_total Pictures that were stored with their right label, by label.',
  '# TYPE digits_feedback_total counter',
  'digits_feedback_total{label="4"} 12',
  '',
].join('\n');

const schema = {
  summary: 'Figures for Prometheus',
  description: 'Requests, stages, answers, models, the shadow, feedback, and the process itself.',
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
  { metrics: { registry, shadow }, shadows },
) => {
  let isFirst = true;
  app.get('/metrics', { schema }, async (_request, reply) => {
    // The figures of the process cost something to keep, and nothing until somebody reads them.
    if (isFirst) collectDefaultMetrics({ register: registry });
    isFirst = false;
    shadow.setModel(shadows.shadow);
    reply.type(registry.contentType);
    return registry.metrics();
  });
};
