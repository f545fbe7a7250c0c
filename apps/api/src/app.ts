// Builds the Fastify app: plugins, documentation and routes. It does not listen; see server.ts.

import { availableParallelism } from 'node:os';
import { loadMnistTestImages, type TestImages } from '@digits/nn';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { type FastifyBaseLogger, type FastifyServerOptions } from 'fastify';
import { deferContinue } from './body/expect-continue.ts';
import type { Config } from './config/config.ts';
import { FeedbackAccess } from './feedback/feedback-access.ts';
import { feedbackFileIn, sqliteStore } from './feedback/sqlite/open-store.ts';
import type { StoreOpener } from './feedback/store.ts';
import { Batches } from './inference/batch-thread/batches.ts';
import {
  type ModelStore,
  noShadow,
  type RemoteModelsStatus,
  type ShadowStore,
} from './inference/model-store.ts';
import { NeuronExamples } from './inference/neuron-examples.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { registerErrorHandlers } from './plugins/error-handlers.ts';
import { registerPlugins } from './plugins/plugins.ts';
import { shutdownGracefully } from './process/shutdown.ts';
import { disagreementRoutes } from './routes/disagreements.ts';
import { addDocs } from './routes/docs/docs.ts';
import { feedbackRoutes } from './routes/feedback.ts';
import { healthRoutes } from './routes/health.ts';
import { inferenceV2Routes } from './routes/inference-v2.ts';
import { metricsRoutes, type Workers } from './routes/metrics.ts';
import { modelRoutes } from './routes/model.ts';
import { neuronRoutes } from './routes/neurons.ts';
import { builtPageFolder, pageRoutes } from './routes/page/page.ts';
import { predictRoutes } from './routes/predict.ts';
import { loadSerializerOnDemand } from './schemas/compilers.ts';
import { serverOptions } from './server-options.ts';
import { Shadowing } from './shadow/shadowing.ts';

export interface AppOptions {
  readonly config: Config;
  readonly models: ModelStore;
  readonly shadows?: ShadowStore;
  /** Of MODELS_URL; undefined where it is not set. */
  readonly remoteModels?: { readonly status: RemoteModelsStatus } | undefined;
  /** Given where other parts of the process count in them too. */
  readonly metrics?: Metrics;
  /** The other processes of the service, where it has several. */
  readonly workers?: Workers | undefined;
  /** The folder with the page; the one that it is built into by default. */
  readonly pageFolder?: string | undefined;
  /** MNIST's by default. */
  readonly loadTestImages?: () => Promise<TestImages>;
  readonly logger: NonNullable<FastifyServerOptions['logger']>;
}

/** @returns the app, ready for `listen` or `inject` */
export async function buildApp(options: AppOptions) {
  const { config, models, logger, shadows = noShadow, metrics = createMetrics() } = options;
  const { loadTestImages = loadMnistTestImages, pageFolder = builtPageFolder } = options;
  const app = fastify(serverOptions(config, logger)).withTypeProvider<TypeBoxTypeProvider>();
  app.server.maxConnections = config.maxConnections || Number.POSITIVE_INFINITY;
  // An unknown header Expect is ignored (RFC 9110, section 10.1.1); Node would answer without a code.
  app.server.on('checkExpectation', (request, response) =>
    app.server.emit('request', request, response),
  );
  deferContinue(app.server);
  // Every body is read by body/read-body.ts.
  app.removeAllContentTypeParsers();
  registerErrorHandlers(app);
  const shutdown = shutdownGracefully(app, config.graceMs);
  const { maxPixels, handlerTimeoutMs } = config;
  const feedback = new FeedbackAccess(
    await storeOf(config, app.log),
    app.log,
    metrics.feedback.accessed,
  );
  const shadowing = new Shadowing({ shadows, feedback, metrics: metrics.shadow, log: app.log });
  app.addHook('preClose', async () => shadowing.close());
  const { modelsFolder: folder } = config;
  const examples = new NeuronExamples({ folder, loadImages: loadTestImages, log: app.log });
  app.addHook('preClose', async () => examples.close());
  const hasBatchThread = config.batchThread === 'on' && availableParallelism() > config.workers;
  const batches = new Batches({
    mayHaveThread: champion => hasBatchThread && champion === models.champion,
    wideVectors: config.wideVectors,
    onReady: () => app.log.debug('the thread for batches is ready'),
    onEnd: () => app.log.debug('the thread for batches has ended'),
    onFailure: err =>
      app.log.warn({ err }, 'the thread for batches failed; they are classified without it'),
  });
  app.addHook('onClose', async () => batches.close());
  loadSerializerOnDemand(app);
  await registerPlugins(app, config, metrics);
  await addDocs(app, config);
  if (config.browserPage === 'on') await app.register(pageRoutes, { folder: pageFolder });
  await app.register(healthRoutes, { models, shutdown, feedback });
  await app.register(metricsRoutes, { metrics, shadows, workers: options.workers });
  const remoteStatus = () => options.remoteModels?.status;
  await app.register(modelRoutes, { models, shadows, remoteStatus });
  await app.register(neuronRoutes, { models, maxPixels, examples });
  await app.register(predictRoutes, { models, maxPixels, handlerTimeoutMs, metrics, shadowing });
  await app.register(feedbackRoutes, { models, maxPixels, feedback, metrics });
  await app.register(disagreementRoutes, { feedback, metrics });
  await app.register(inferenceV2Routes, { models, batches, prefix: '/v2' });
  await app.ready();
  return app;
}

/** The driver of PostgreSQL is loaded only where it is used. */
async function storeOf(config: Config, log: FastifyBaseLogger): Promise<StoreOpener> {
  const { feedbackUrl: url, dataDir, maxFeedbackBytes: maxBytes } = config;
  if (!url) return sqliteStore({ file: feedbackFileIn(dataDir), maxBytes });
  const { configuredPostgresStore } = await import('./feedback/postgres/open-store.ts');
  return configuredPostgresStore(url, config, query =>
    log.warn(query, 'slow query of corrections'),
  );
}
