// GET /health/live and /health/ready: liveness and readiness probes.

import { Readiness } from '@digits/protocol';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { FeedbackAccess } from '../feedback/feedback-access.ts';
import { championOf, type ModelStore } from '../inference/model-store.ts';
import { Problem } from '../problem.ts';
import type { ShutdownState } from '../process/shutdown.ts';
import { referTo } from '../schemas/model.ts';
import { problemResponses } from '../schemas/problem.ts';

export interface HealthOptions {
  readonly models: ModelStore;
  readonly shutdown: ShutdownState;
  readonly feedback: Pick<FeedbackAccess, 'state'>;
}

const Liveness = Type.Object({ status: Type.Literal('live') }, { examples: [{ status: 'live' }] });

const liveSchema = {
  summary: 'Whether the process responds',
  description: 'A liveness probe: while it responds, there is no need to restart it. Needs no key.',
  tags: ['health'],
  response: { 200: { description: 'It responds.', ...Liveness } },
};

const readySchema = {
  summary: 'Whether a verified model is loaded, and which',
  description:
    'A readiness probe: a model has passed its self-test, and the service is neither overloaded nor ' +
    'shutting down. The store of corrections is not required; its state is only reported. Needs no ' +
    'key.',
  tags: ['health'],
  response: {
    200: { description: 'It is ready.', ...Readiness },
    ...problemResponses('not-ready', 'shutting-down'),
  },
};

export const healthRoutes: FastifyPluginAsyncTypebox<HealthOptions> = async (
  app,
  { models, shutdown, feedback },
) => {
  // A supervisor waits for the first answer: compiling a serializer would take 20 ms of the start.
  const serializerCompiler = () => JSON.stringify;
  app.get('/health/live', { schema: liveSchema, serializerCompiler }, async () => ({
    status: 'live' as const,
  }));
  app.get('/health/ready', { schema: readySchema, serializerCompiler }, async () => {
    if (shutdown.hasBegun)
      throw new Problem(
        'shutting-down',
        'Try again in a moment, or send the request to another instance.',
      );
    return {
      status: 'ready' as const,
      model: referTo(championOf(models)),
      feedback: await feedback.state(),
    };
  });
};
