// A case: everything that is sent, chosen by seed and number only.

import type { Follower } from './exchange.ts';
import { Random } from './random.ts';
import { compressSome } from './requests/codings.ts';
import { mutateEnvelope, type WireRequest, writeRequest } from './requests/envelope.ts';
import { routes, type Targets } from './requests/routes.ts';

export interface Case {
  readonly id: number;
  readonly request: WireRequest;
  readonly follows: Follower;
}

export interface CaseOptions {
  readonly seed: number;
  /** Only this route of `routes`. */
  readonly only: string | undefined;
  readonly targets: Targets;
  readonly host: string;
}

export function createCase(id: number, { seed, only, targets, host }: CaseOptions): Case {
  const random = new Random(seed, id);
  const names = Object.keys(routes).map(name => [routes[name]![0], name] as const);
  const route = random.weighted(names);
  const chosen = only ?? route;
  const [, build] = routes[chosen]!;
  const draft = compressSome(build(random, targets), random);
  const request = writeRequest(chosen, mutateEnvelope(draft, host, random), random);
  const follows = random.weighted<Follower>([
    [85, 'none'],
    [10, 'after'],
    [5, 'pipelined'],
  ]);
  return { id, request, follows: request.isFramed ? follows : 'none' };
}

const maxShownBytes = 300;

/** The request as text, shortened, for a person. */
export function describeCase({ request, follows }: Case): string {
  const { bytes, ending, writes } = request;
  const shown = JSON.stringify(bytes.toString('latin1', 0, maxShownBytes));
  const rest = bytes.length > maxShownBytes ? `… ${bytes.length} bytes` : '';
  return `${request.route}, ${ending}, ${writes.length + 1} writes, then ${follows}: ${shown}${rest}`;
}
