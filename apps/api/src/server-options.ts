// What Fastify and Node's HTTP server are told: limits of size and time, the log, the answers to
// what never gets as far as a route.

import type { Server } from 'node:http';
import type { FastifyHttpOptions, FastifyServerOptions } from 'fastify';
import type { Config } from './config/config.ts';
import { answerConnectionError } from './plugins/connection-errors.ts';
import { handleError } from './plugins/error-handlers.ts';
import { requestId } from './plugins/request-id.ts';
import { RequestLog } from './plugins/request-log.ts';
import { buildLazySerializer } from './schemas/serialization.ts';
import { compileValidator } from './schemas/validation.ts';

/** How late Node may notice that a request took too long to arrive. */
const maxConnectionCheckMs = 5000;

export function serverOptions(
  config: Config,
  logger: NonNullable<FastifyServerOptions['logger']>,
): FastifyHttpOptions<Server> {
  const { requestTimeoutMs, headersTimeoutMs, handlerTimeoutMs } = config;
  return {
    logger,
    logController: new RequestLog(),
    genReqId: requestId,
    requestIdHeader: false,
    trustProxy: (_address, hop) => hop < config.trustedProxies,
    bodyLimit: config.maxFileBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: config.keepAliveTimeoutMs,
    // For an answer that is not read: by then every request has arrived and is answered.
    connectionTimeout: handlerTimeoutMs,
    http: {
      // Node takes no longer one than for the whole request.
      headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(
        requestTimeoutMs,
        headersTimeoutMs,
        maxConnectionCheckMs,
      ),
    },
    schemaController: {
      compilersFactory: {
        // Fastify's type for it knows Ajv's alone.
        buildValidator: () => compileValidator as never,
        buildSerializer: buildLazySerializer,
      },
    },
    // What still arrives on an open connection while closing is answered like anything else.
    return503OnClosing: false,
    frameworkErrors: handleError,
    clientErrorHandler: answerConnectionError,
  };
}
