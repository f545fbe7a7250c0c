// Turns requests away while there is too much to do, so that those inside are answered in time.

import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.ts';

export interface OverloadLimits {
  readonly maxEventLoopDelayMs: number;
  readonly maxMemoryBytes: number;
  /** How old a figure may be. */
  readonly sampleIntervalMs?: number;
}

/** What is asked for most when there is too much to do. */
export const exemptFromOverload: ReadonlySet<string> = new Set([
  '/health/live',
  '/v2/health/live',
  '/metrics',
]);

/** Call before adding routes. */
export async function registerOverloadProtection(
  app: FastifyInstance,
  pressure: OverloadLimits,
): Promise<void> {
  const { maxEventLoopDelayMs, maxMemoryBytes, sampleIntervalMs = 1000 } = pressure;
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

/** Async, because the plugin takes a rejection, but not an error that is thrown at it. */
async function rejectOverload(value: number | undefined): Promise<void> {
  // What the plugin takes for a delay when it has no sample yet, as right after a busy start.
  if (value === Number.POSITIVE_INFINITY) return;
  throw new Problem('overloaded', 'Try again in a moment.');
}
