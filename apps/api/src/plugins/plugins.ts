// What stands around every route, in the order in which a request meets it.

import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.ts';
import { requireApiKey } from './api-key.ts';
import { allowOrigins } from './cross-origin.ts';
import { limitHandlers } from './handler-limit.ts';
import { addAnswerHeaders } from './headers.ts';
import { shedLoad } from './load-limits.ts';
import type { Metrics } from './metrics.ts';
import { limitRate } from './rate-limit.ts';

/** Call before adding routes. */
export async function addOperations(app: FastifyInstance, config: Config, metrics: Metrics) {
  limitHandlers(app, config.handlerTimeoutMs);
  measureRequests(app, metrics);
  addAnswerHeaders(app);
  await shedLoad(app, config);
  if (config.corsOrigins.length > 0) await allowOrigins(app, config.corsOrigins);
  if (config.rateLimit > 0) await limitRate(app, config.rateLimit);
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
