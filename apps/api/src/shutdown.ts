// Graceful shutdown on a signal or with the parent process: requests in flight are answered, and
// connections that are still open after the grace period are closed.

import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config/config.ts';

export interface ShutdownState {
  /** Whether `app.close()` was called. */
  readonly hasBegun: boolean;
}

/**
 * From `app.close()` on, every answer closes its connection, because a kept connection would keep
 * the process alive. A connection without an answer after `graceMs`, because its request never
 * arrived whole or its answer is not read, is closed.
 */
export function shutdownGracefully(app: FastifyInstance, graceMs: number): ShutdownState {
  const state = { hasBegun: false };
  app.addHook('preClose', done => {
    state.hasBegun = true;
    setTimeout(() => app.server.closeAllConnections(), graceMs).unref();
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (state.hasBegun) reply.header('connection', 'close');
    done(null, payload);
  });
  return state;
}

/** How long after the grace period the process may take to exit. */
const closeMarginMs = 1500;

/**
 * Closes the app on SIGTERM, SIGINT or an uncaught error; a second signal ends the process at once.
 *
 * @returns a function that closes the app as a signal does
 */
export function closeOnSignals(app: FastifyInstance, { graceMs }: Config): () => void {
  const options = { delay: graceMs + closeMarginMs, logger: app.log, skip: ['SIGHUP' as const] };
  const { close } = closeWithGrace(options, async ({ err, signal }) => {
    if (err) app.log.fatal({ err }, 'closing after an uncaught error');
    else app.log.info({ signal }, 'closing');
    await app.close();
  });
  return close;
}

/** Sends the parent the address over IPC, and closes when the channel does. `node --watch` is one. */
export function exitWithParent(url: string, close: () => void): void {
  process.once('disconnect', close);
  if (process.connected) process.send?.({ type: 'listening', url });
  else close();
}
