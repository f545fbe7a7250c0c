// A quiet end: whoever is being answered gets the answer, and nobody is waited for after it.
import type { FastifyInstance } from 'fastify';

/**
 * From `app.close()` on, every answer takes its connection along. Kept alive, the connection of a
 * request that was in flight would hold the process up.
 */
export function closeConnectionsOnClosing(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });
}
