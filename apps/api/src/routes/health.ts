// GET /health/live and /health/ready: what a supervisor, or the drawing app, asks first.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FeedbackAccess } from '../feedback/feedback-access.ts';
import { championOf, type ModelStore } from '../inference/model-store.ts';
import { Problem } from '../problem.ts';
import { Liveness, Readiness } from '../schemas/health.ts';
import { referTo } from '../schemas/model.ts';
import { problemResponses } from '../schemas/problem.ts';
import type { ShutdownState } from '../shutdown.ts';

export interface HealthOptions {
  readonly models: ModelStore;
  readonly closing: ShutdownState;
  readonly feedback: Pick<FeedbackAccess, 'isAvailable'>;
}

const liveSchema = {
  summary: 'Whether the process answers',
  description: 'As long as it does, there is no reason to start it anew. Wants no key.',
  tags: ['health'],
  response: { 200: { description: 'It does.', ...Liveness } },
};

const readySchema = {
  summary: 'Whether a verified model is loaded, and which',
  description:
    'Whether to send requests here: a model has passed its self-test, there is not too much to ' +
    'do, and the service is not about to end. It can do without the store of corrections, and only ' +
    'tells of it. Wants no key.',
  tags: ['health'],
  response: {
    200: { description: 'It is.', ...Readiness },
    ...problemResponses('not-ready', 'shutting-down'),
  },
};

export const healthRoutes: FastifyPluginAsyncTypebox<HealthOptions> = async (
  app,
  { models, closing, feedback },
) => {
  // A supervisor waits for the first answer, and these need no schema to become JSON: to compile one
  // would take 20 ms of the start.
  const serializerCompiler = () => JSON.stringify;
  app.get('/health/live', { schema: liveSchema, serializerCompiler }, async () => ({
    status: 'live' as const,
  }));
  app.get('/health/ready', { schema: readySchema, serializerCompiler }, async () => {
    if (closing.hasBegun) throw new Problem('shutting-down', 'Ask another one.');
    return {
      status: 'ready' as const,
      model: referTo(championOf(models)),
      feedback: feedback.isAvailable ? ('available' as const) : ('unavailable' as const),
    };
  });
};
