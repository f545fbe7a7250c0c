// Checks the API key of requests, where one is configured.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { isPage, isProbe } from './route-kinds.ts';

/** Refuses requests without the key, except health probes. Call before adding routes. */
export function requireApiKey(app: FastifyInstance, apiKey: string): void {
  const isKey = equalInConstantTime(apiKey);
  app.addHook('onRequest', (request, reply, done) => {
    const { url = '' } = request.routeOptions;
    if (isProbe(url)) return done();
    const takesPassword = isPage(url);
    if (isKey(keyIn(request, takesPassword))) return done();
    reply.header('www-authenticate', `${takesPassword ? 'Basic' : 'Bearer'} realm="digits"`);
    done(new Problem('unauthorized', 'Send "Authorization: Bearer …" or "X-API-Key: …".'));
  });
}

/**
 * A browser that opens a page cannot add a header, so it asks for the key as a password. On other
 * routes it would send that unasked.
 */
function keyIn({ headers }: FastifyRequest, takesPassword: boolean): string {
  const [scheme = '', credentials = ''] = (headers.authorization ?? '').split(' ');
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return credentials;
    case 'basic':
      return takesPassword ? password(credentials) : '';
    default:
      return String(headers['x-api-key'] ?? '');
  }
}

function password(credentials: string): string {
  const text = Buffer.from(credentials, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}

/** Compares digests, which have equal lengths, in a time that does not depend on the key. */
function equalInConstantTime(secret: string): (candidate: string) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(secret);
  return candidate => timingSafeEqual(digest(candidate), expected);
}
