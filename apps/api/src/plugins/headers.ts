// The headers of every answer. They are the same each time: @fastify/helmet, which sets more of them
// and sets them anew for each request, costs more than the rest of a small request, and is left to
// the pages of the documentation.

import type { FastifyInstance } from 'fastify';
import { requestIdHeader } from './request-id.ts';

/** An answer is data: a browser must neither guess its type, nor run, frame or keep it. */
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
