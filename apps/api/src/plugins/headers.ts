// Headers of every response: security headers, the request id, and CORS.

import type { FastifyInstance } from 'fastify';
import { requestIdHeader } from './request-log.ts';

/**
 * For responses that are data: browsers must not guess the type, run, frame or cache them. They are
 * constant; @fastify/helmet sets more of them anew for each request, which costs more than the rest
 * of a small request, and is used for the pages of /docs only.
 */
const dataHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

export function addResponseHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(dataHeaders).header(requestIdHeader, request.id);
    done();
  });
}

/** Allows web pages of these origins, or of all with `*`, to send requests and read the answers. */
export async function registerCors(app: FastifyInstance, origins: readonly string[]) {
  // Loaded only where it is configured.
  const { default: cors } = await import('@fastify/cors');
  await app.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST', 'DELETE'],
    exposedHeaders: [requestIdHeader, 'retry-after'],
    maxAge: 600,
  });
}
