// Options of Fastify and Node's HTTP server: limits of size and time, the log, and the answers to
// requests that never reach a route.

import type { Server } from 'node:http';
import type { FastifyHttpOptions, FastifyServerOptions } from 'fastify';
import type { Config } from './config/config.ts';
import { answerConnectionError } from './plugins/connection-errors.ts';
import { refuseUnroutable } from './plugins/load-limits.ts';
import { RequestLog, requestId } from './plugins/request-log.ts';
import { buildLazySerializer, compileValidator } from './schemas/compilers.ts';

/** How late Node may notice that a request took too long to arrive. */
const maxConnectionCheckMs = 5000;

/** Of a body, before its connection is read no further. */
const maxUnreadBytes = 8 * 1024;

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
    routerOptions: { ignoreTrailingSlash: true },
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: config.keepAliveTimeoutMs,
    // For an answer that is not read: by then every request has arrived and is answered, if only with
    // a 503, which takes as long as the handler may.
    connectionTimeout: handlerTimeoutMs + maxConnectionCheckMs,
    http: {
      highWaterMark: maxUnreadBytes,
      // Node would answer without a body; plugins/foreign-requests.ts refuses with a code.
      requireHostHeader: false,
      // Node does not accept a longer timeout than that of the whole request.
      headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(
        requestTimeoutMs,
        headersTimeoutMs,
        maxConnectionCheckMs,
      ),
    },
    schemaController: {
      compilersFactory: {
        // Fastify's type of it knows Ajv's compiler only.
        buildValidator: () => compileValidator as never,
        buildSerializer: buildLazySerializer,
      },
    },
    // A request that arrives on an open connection while the service closes is answered normally.
    return503OnClosing: false,
    frameworkErrors: refuseUnroutable,
    clientErrorHandler: answerConnectionError,
  };
}
