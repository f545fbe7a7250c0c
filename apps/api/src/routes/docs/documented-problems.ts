// Adds to the documentation of each route the problems that all routes have in common, as this service
// is configured. They are not in the routes' own schemas, because Fastify would compile those.

import type { FastifyContextConfig, FastifySchema } from 'fastify';
import type { Config } from '../../config/config.ts';
import { exemptFromOverload } from '../../plugins/load-limits.ts';
import { isForSupervisors, isProbe } from '../../plugins/route-kinds.ts';
import type { ProblemCode } from '../../problem.ts';
import { type ProblemResponses, problemResponses } from '../../schemas/problem.ts';
import { errors as inferenceErrors } from '../inference-v2-schemas.ts';

type ProblemConfig = Pick<
  Config,
  'apiKey' | 'rateLimit' | 'maxEventLoopDelayMs' | 'maxMemoryBytes'
>;

export interface DocumentedRoute {
  readonly url: string;
  readonly method: string | readonly string[];
  readonly config?: FastifyContextConfig;
  readonly schema: FastifySchema;
}

/** The route's schema with the common problems. */
export function addCommonProblems(route: DocumentedRoute, config: ProblemConfig): FastifySchema {
  const form = route.url.startsWith('/v2') ? inferenceErrors : problemResponses;
  const around = [
    form(...commonProblemCodes(route, config)),
    // The server answers these before it knows the route.
    problemResponses('bad-request', 'request-timeout', 'headers-too-large'),
  ];
  const own = (route.schema.response ?? {}) as ProblemResponses;
  return { ...route.schema, response: around.reduce(mergeResponses, own) };
}

function commonProblemCodes(route: DocumentedRoute, config: ProblemConfig): ProblemCode[] {
  const { url, method } = route;
  const canBeLoaded = config.maxEventLoopDelayMs > 0 || config.maxMemoryBytes > 0;
  const codes: readonly (readonly [ProblemCode, boolean])[] = [
    // For headers and addresses that are no valid HTTP or too long.
    ['bad-request', true],
    // Fastify parses the body of a deletion, though none is needed.
    ['file-too-large', method === 'DELETE'],
    ['unsupported-content-type', method === 'DELETE'],
    ['unauthorized', config.apiKey !== undefined && !isProbe(url)],
    ['too-many-wrong-keys', config.apiKey !== undefined && !isProbe(url)],
    ['host-not-allowed', !isForSupervisors(url)],
    ['origin-not-allowed', !isForSupervisors(url)],
    ['too-many-requests', config.rateLimit > 0 && !isProbe(url)],
    ['internal-error', true],
    // Every route with a body may have no memory for it.
    ['overloaded', (canBeLoaded || method === 'POST') && !exemptFromOverload.has(url)],
    // Only routes that wait for a body can take that long.
    ['handler-timeout', method === 'POST' && !route.config?.hasOwnTimeouts],
  ];
  return codes.filter(([, isPossible]) => isPossible).map(([code]) => code);
}

function mergeResponses(own: ProblemResponses, around: ProblemResponses): ProblemResponses {
  const merged = Object.entries(around).map(([status, more]) => {
    const { description = '', content = {} } = own[status] ?? {};
    const types = Object.entries(more.content).map(([type, { schema, examples }]) => [
      type,
      { schema, examples: { ...content[type]?.examples, ...examples } },
    ]);
    return [
      status,
      {
        description: `${description} ${more.description}`.trim(),
        content: { ...content, ...Object.fromEntries(types) },
      },
    ];
  });
  return { ...own, ...Object.fromEntries(merged) };
}
