// GET /health/live and /health/ready: what a supervisor, or the drawing app, asks first.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { championOf, type ModelStore } from '../model/model-store.ts';
import { Liveness, Readiness } from '../schemas/health.ts';
import { referTo } from '../schemas/model.ts';
import { problemResponses } from '../schemas/problem.ts';

export interface HealthOptions {
  readonly models: ModelStore;
}

const liveSchema = {
  summary: 'Whether the process answers',
  tags: ['health'],
  response: { 200: { description: 'It does.', ...Liveness } },
};

const readySchema = {
  summary: 'Whether a verified model is loaded, and which',
  tags: ['health'],
  response: {
    200: { description: 'It is.', ...Readiness },
    ...problemResponses('not-ready'),
  },
};

export const healthRoutes: FastifyPluginAsyncTypebox<HealthOptions> = async (app, { models }) => {
  app.get('/health/live', { schema: liveSchema }, async () => ({ status: 'live' as const }));
  app.get('/health/ready', { schema: readySchema }, async () => ({
    status: 'ready' as const,
    model: referTo(championOf(models)),
  }));
};
