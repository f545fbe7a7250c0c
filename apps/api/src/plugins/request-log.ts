// The request log: the id of a request, and one line when it has been answered. Bodies are never
// logged.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';

/** The header that carries a request's id, in the request and in its answer. */
export const requestIdHeader = 'x-request-id';

/** Ids that need no escaping in a log or in a header. */
const safeId = /^[\w.:-]{1,64}$/;

/** The client's id if it is safe to log, otherwise a new one. */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers[requestIdHeader];
  return typeof given === 'string' && safeId.test(given) ? given : randomUUID();
}

export class RequestLog extends LogController {
  override incomingRequest(request: FastifyRequest): void {
    request.log.debug({ method: request.method, url: request.url }, 'incoming request');
  }

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const line = {
      method: request.method,
      // The route's pattern, not the URL, which may hold anything.
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 1000) / 1000,
    };
    if (error) reply.log.error({ ...line, err: error }, 'request failed while answering');
    else reply.log.info(line, 'request');
  }
}
