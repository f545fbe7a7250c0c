// Registers the hooks and plugins that surround every route, in the order in which a request passes
// them.

import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { requireApiKey } from './api-key.ts';
import { limitBodyMemory } from './body-memory.ts';
import { refuseForeignRequests } from './foreign-requests.ts';
import { addResponseHeaders, registerCors } from './headers.ts';
import {
  registerHandlerTimeout,
  registerOverloadProtection,
  registerRateLimit,
} from './load-limits.ts';

/** Call before adding routes. */
export async function registerPlugins(app: FastifyInstance, config: Config, metrics: Metrics) {
  registerHandlerTimeout(app, config.handlerTimeoutMs);
  limitBodyMemory(app, { workers: config.workers });
  measureRequests(app, metrics);
  addResponseHeaders(app);
  // First, so that allowed pages can read every refusal. It answers preflight requests itself.
  if (config.corsOrigins.length > 0) await registerCors(app, config.corsOrigins);
  if (config.rateLimit > 0) await registerRateLimit(app, config.rateLimit);
  registerOverloadProtection(app, config);
  refuseForeignRequests(app, config);
  if (config.apiKey !== undefined) await requireApiKey(app, config.apiKey);
}

function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    // Unknown addresses get one label: each would become a time series of its own.
    const { url = 'unknown' } = request.routeOptions;
    metrics.requestEnded(request.method, url, reply.statusCode, reply.elapsedTime);
    done();
  });
}
