// How long a request may take until it is answered. Fastify's own limit costs a small request a
// twelfth of its time, by an AbortController that throws a stack trace away each time, so a route
// that does its waiting under a limit of its own can go without.

import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Nothing that this route waits for is without a limit. */
    readonly limitsItself?: boolean;
  }
}

/** Call before adding routes. A route that has set its limit keeps it. */
export function registerHandlerTimeout(app: FastifyInstance, handlerTimeoutMs: number): void {
  app.addHook('onRoute', route => {
    if (!route.config?.limitsItself) route.handlerTimeout ??= handlerTimeoutMs;
  });
}
