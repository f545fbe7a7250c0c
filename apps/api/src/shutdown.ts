// A quiet end: whoever is being answered gets the answer, and nobody is waited for after it.

import type { FastifyInstance } from 'fastify';

export interface ShutdownState {
  /** Whether the service is about to end. */
  readonly hasBegun: boolean;
}

/**
 * From `app.close()` on, every answer takes its connection along. Kept alive, the connection of a
 * request that was in flight would hold the process up. Who has no answer after `graceMs`, because
 * the request never comes to its end or the answer is not read, is cut off.
 */
export function shutdownGracefully(app: FastifyInstance, graceMs: number): ShutdownState {
  const closing = { hasBegun: false };
  app.addHook('preClose', done => {
    closing.hasBegun = true;
    setTimeout(() => app.server.closeAllConnections(), graceMs).unref();
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing.hasBegun) reply.header('connection', 'close');
    done(null, payload);
  });
  return closing;
}
