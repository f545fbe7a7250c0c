// What stands around every route, in the order in which a request meets it.

import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.ts';
import { requireApiKey } from './api-key.ts';
import { registerCors } from './cross-origin.ts';
import { registerHandlerTimeout } from './handler-limit.ts';
import { addResponseHeaders } from './headers.ts';
import { registerOverloadProtection } from './load-limits.ts';
import type { Metrics } from './metrics.ts';
import { registerRateLimit } from './rate-limit.ts';

/** Call before adding routes. */
export async function registerPlugins(app: FastifyInstance, config: Config, metrics: Metrics) {
  registerHandlerTimeout(app, config.handlerTimeoutMs);
  measureRequests(app, metrics);
  addResponseHeaders(app);
  await registerOverloadProtection(app, config);
  if (config.corsOrigins.length > 0) await registerCors(app, config.corsOrigins);
  if (config.rateLimit > 0) await registerRateLimit(app, config.rateLimit);
  if (config.apiKey !== null) requireApiKey(app, config.apiKey);
}

function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    // Addresses that are none of ours would each become a label.
    const { url = 'unknown' } = request.routeOptions;
    metrics.requestEnded(request.method, url, reply.statusCode, reply.elapsedTime);
    done();
  });
}
