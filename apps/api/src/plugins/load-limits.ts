// Limits that keep the service responsive: requests an address, event loop delay and memory, and
// time a request. Health probes are exempt where a refusal would be mistaken for a failure.

import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.ts';
import { isProbe } from './route-kinds.ts';

const minuteMs = 60_000;

/** Limits the requests of each address. Call before adding routes. */
export async function registerRateLimit(
  app: FastifyInstance,
  requestsPerMinute: number,
): Promise<void> {
  // Loaded only where there is a limit.
  const { default: rateLimit } = await import('@fastify/rate-limit');
  // Runs before the plugin's own hook, which reads this.
  app.addHook('onRoute', route => {
    if (isProbe(route.url)) route.config = { ...route.config, rateLimit: false };
  });
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: minuteMs,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { after }) =>
      new Problem('too-many-requests', `Try again in ${after}; see RATE_LIMIT.`),
  });
}

export interface OverloadLimits {
  readonly maxEventLoopDelayMs: number;
  readonly maxMemoryBytes: number;
  /** How old a measurement may be. */
  readonly sampleIntervalMs?: number;
}

/** Routes that are answered under overload too: they are needed most then. */
export const exemptFromOverload: ReadonlySet<string> = new Set([
  '/health/live',
  '/v2/health/live',
  '/metrics',
]);

/** Refuses requests above a limit, so that accepted ones are answered in time. Call before routes. */
export async function registerOverloadProtection(
  app: FastifyInstance,
  limits: OverloadLimits,
): Promise<void> {
  const { maxEventLoopDelayMs, maxMemoryBytes, sampleIntervalMs = 1000 } = limits;
  await app.register(underPressure, {
    maxEventLoopDelay: maxEventLoopDelayMs,
    maxRssBytes: maxMemoryBytes,
    sampleInterval: sampleIntervalMs,
    pressureHandler: (_request, _reply, _type, value) => rejectOverload(value),
  });
  app.addHook('onRoute', route => {
    if (!exemptFromOverload.has(route.url)) return;
    // A handler that does nothing lets the request through.
    route.config = Object.assign({}, route.config, { pressureHandler: () => {} });
  });
}

/** Async, because the plugin handles a rejection, but not an exception. */
async function rejectOverload(value: number | undefined): Promise<void> {
  // The plugin's value of the delay while it has no sample yet, as right after a busy start.
  if (value === Number.POSITIVE_INFINITY) return;
  throw new Problem('overloaded', 'Try again in a moment.');
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route bounds every wait itself, so it needs no handler timeout. */
    readonly hasOwnTimeouts?: boolean;
  }
}

/**
 * Limits the time in which a request is answered. Call before adding routes; a route that sets a
 * limit keeps it. Fastify's timeout takes a twelfth of a small request's time, as its
 * AbortController captures a stack trace, so a route with `hasOwnTimeouts` goes without.
 */
export function registerHandlerTimeout(app: FastifyInstance, handlerTimeoutMs: number): void {
  app.addHook('onRoute', route => {
    if (!route.config?.hasOwnTimeouts) route.handlerTimeout ??= handlerTimeoutMs;
  });
}
