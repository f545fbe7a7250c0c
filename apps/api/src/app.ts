// The service apart from listening: limits, problems, documentation, routes.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { type FastifyServerOptions } from 'fastify';
import { closeConnectionsOnClosing } from './closing.ts';
import type { Config } from './config.ts';
import type { ModelStore } from './model/model-store.ts';
import { answerConnectionError } from './problems/connection-errors.ts';
import { answerError, answerWithProblems } from './problems/responses.ts';
import { addDocs } from './routes/docs.ts';
import { healthRoutes } from './routes/health.ts';
import { predictRoutes } from './routes/predict.ts';

export interface AppOptions {
  readonly config: Pick<Config, 'maxFileBytes' | 'maxPixels'>;
  readonly models: ModelStore;
  readonly logger: NonNullable<FastifyServerOptions['logger']>;
}

/** For a whole request to arrive in: 10 MiB at 1.4 Mbit/s. Whoever is slower gets a 408. */
const requestTimeoutMs = 60_000;

/** @returns the app, ready for `listen` or `inject` */
export async function buildApp({ config, models, logger }: AppOptions) {
  const app = fastify({
    logger,
    bodyLimit: config.maxFileBytes,
    requestTimeout: requestTimeoutMs,
    // What still arrives on an open connection while closing is answered like anything else.
    return503OnClosing: false,
    frameworkErrors: answerError,
    clientErrorHandler: answerConnectionError,
  }).withTypeProvider<TypeBoxTypeProvider>();
  answerWithProblems(app);
  closeConnectionsOnClosing(app);
  await addDocs(app);
  await app.register(healthRoutes, { models });
  await app.register(predictRoutes, { models, maxPixels: config.maxPixels });
  await app.ready();
  return app;
}
