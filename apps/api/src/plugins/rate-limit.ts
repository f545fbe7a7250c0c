// How often one address may ask.

import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.ts';
import { isProbe } from './probes.ts';

const minuteMs = 60_000;

/** Call before adding routes. */
export async function registerRateLimit(
  app: FastifyInstance,
  requestsPerMinute: number,
): Promise<void> {
  // Loaded only where there is a limit.
  const { default: rateLimit } = await import('@fastify/rate-limit');
  // Comes before the plugin, which reads what it leaves.
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
