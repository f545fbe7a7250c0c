// The name of a request in the log and in its answer, so that one can be found by the other.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const requestIdHeader = 'x-request-id';

/** What can stand in a log and in a header without being escaped. */
const harmless = /^[\w.:-]{1,64}$/;

/** The id that the client gave, if it is harmless, or a new one. */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers[requestIdHeader];
  return typeof given === 'string' && harmless.test(given) ? given : randomUUID();
}
