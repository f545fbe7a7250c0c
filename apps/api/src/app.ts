// The service apart from listening: limits, problems, documentation, routes.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { type FastifyServerOptions } from 'fastify';
import { closeQuietly } from './closing.ts';
import type { Config } from './config.ts';
import type { ModelStore } from './model/model-store.ts';
import { createMetrics, type Metrics } from './operations/metrics.ts';
import { addOperations } from './operations/operations.ts';
import { answerWithProblems } from './problems/responses.ts';
import { addDocs } from './routes/docs.ts';
import { feedbackRoutes } from './routes/feedback.ts';
import { healthRoutes } from './routes/health.ts';
import { inferenceV2Routes } from './routes/inference-v2.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { modelRoutes } from './routes/model.ts';
import { predictRoutes } from './routes/predict.ts';
import { serverOptions } from './server-options.ts';

export interface AppOptions {
  readonly config: Config;
  readonly models: ModelStore;
  /** Of whoever shares them with other parts of the process. */
  readonly metrics?: Metrics;
  readonly logger: NonNullable<FastifyServerOptions['logger']>;
}

/** @returns the app, ready for `listen` or `inject` */
export async function buildApp({ config, models, logger, metrics = createMetrics() }: AppOptions) {
  const app = fastify(serverOptions(config, logger)).withTypeProvider<TypeBoxTypeProvider>();
  app.server.maxConnections = config.maxConnections || Number.POSITIVE_INFINITY;
  answerWithProblems(app);
  const closing = closeQuietly(app, config.graceMs);
  await addOperations(app, config, metrics);
  await addDocs(app, config);
  await app.register(healthRoutes, { models, closing });
  await app.register(metricsRoutes, { metrics });
  await app.register(modelRoutes, { models });
  await app.register(predictRoutes, {
    models,
    maxPixels: config.maxPixels,
    metrics,
  });
  const { maxPixels, dataDir, maxFeedbackBytes } = config;
  await app.register(feedbackRoutes, { models, maxPixels, dataDir, maxFeedbackBytes });
  await app.register(inferenceV2Routes, { models, prefix: '/v2' });
  await app.ready();
  return app;
}
