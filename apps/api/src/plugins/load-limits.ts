// Limits that keep the service responsive: requests an address, event loop delay and memory, and
// time a request. Health probes are exempt where a refusal would be mistaken for a failure.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { loadNetworkOf } from './client-network.ts';
import { handleError } from './error-handlers.ts';
import { measureLoad } from './load-measurement.ts';
import { isProbe } from './route-kinds.ts';

const minuteMs = 60_000;

/** Addresses that are counted at a time; beyond them the oldest are forgotten. */
const maxAddresses = 5000;

/**
 * Limits the requests of each address, with any answer, except health probes. Call before adding
 * routes and hooks that refuse requests.
 */
export async function registerRateLimit(
  app: FastifyInstance,
  requestsPerMinute: number,
): Promise<void> {
  // Loaded only where there is a limit.
  const { default: rateLimit } = await import('@fastify/rate-limit');
  const networkOf = await loadNetworkOf();
  await app.register(rateLimit, {
    global: false,
    max: requestsPerMinute,
    timeWindow: minuteMs,
    cache: maxAddresses,
    enableDraftSpec: true,
    keyGenerator: ({ ip }) => networkOf(ip),
    allowList: ({ routeOptions }) => isProbe(routeOptions.url ?? ''),
    errorResponseBuilder: (_request, { after }) =>
      new Problem('too-many-requests', `Try again in ${after}; see RATE_LIMIT.`),
  });
  // A hook of the app, not of its routes: those would run after the app's own, which refuse wrong keys
  // and foreign hosts, and not at all for unknown addresses.
  app.addHook('onRequest', app.rateLimit());
}

/**
 * Answers a request whose address cannot be routed, for Fastify's option `frameworkErrors`. It has passed
 * no hook, so it is counted here.
 */
export async function refuseUnroutable(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { server } = request;
  let refusal: unknown = error;
  try {
    if (server.hasDecorator('rateLimit')) await server.rateLimit().call(server, request, reply);
  } catch (tooMany) {
    refusal = tooMany;
  }
  handleError(refusal, request, reply);
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
export function registerOverloadProtection(app: FastifyInstance, limits: OverloadLimits): void {
  const { sampleIntervalMs = 1000 } = limits;
  if (limits.maxEventLoopDelayMs === 0 && limits.maxMemoryBytes === 0) return;
  const maxDelayMs = limits.maxEventLoopDelayMs || Number.POSITIVE_INFINITY;
  const maxMemoryBytes = limits.maxMemoryBytes || Number.POSITIVE_INFINITY;
  const { load, stop } = measureLoad(sampleIntervalMs);
  app.addHook('onClose', async () => stop());
  app.addHook('onRequest', (request, _reply, done) => {
    const isLoaded = load.eventLoopDelayMs > maxDelayMs || load.memoryBytes > maxMemoryBytes;
    if (!isLoaded || exemptFromOverload.has(request.routeOptions.url ?? '')) return done();
    done(new Problem('overloaded', 'Try again in a moment.'));
  });
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
