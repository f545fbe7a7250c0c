// The key that clients must show, where there is one.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { isProbe } from './probes.ts';

/** Where the browser asks for the key itself: it cannot add a header to a page that it opens. */
const page = /^\/(docs(\/.*)?|openapi\.json)$/;

/** Turns away who does not show the key, at every route but the probes. Call before adding routes. */
export function requireApiKey(app: FastifyInstance, apiKey: string): void {
  const isKey = equalInConstantTime(apiKey);
  app.addHook('onRequest', (request, reply, done) => {
    const { url = '' } = request.routeOptions;
    if (isProbe(url)) return done();
    const isPage = page.test(url);
    if (isKey(shownKey(request, isPage))) return done();
    reply.header('www-authenticate', `${isPage ? 'Basic' : 'Bearer'} realm="digits"`);
    done(new Problem('unauthorized', 'Send "Authorization: Bearer …" or "X-API-Key: …".'));
  });
}

/** A page also takes the key as a password. Elsewhere a browser would send that unasked. */
function shownKey({ headers }: FastifyRequest, isPage: boolean): string {
  const [scheme = '', credentials = ''] = (headers.authorization ?? '').split(' ');
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return credentials;
    case 'basic':
      return isPage ? password(credentials) : '';
    default:
      return String(headers['x-api-key'] ?? '');
  }
}

function password(credentials: string): string {
  const text = Buffer.from(credentials, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}

/** Digests have one length, and how long their comparison takes says nothing of the key. */
function equalInConstantTime(secret: string): (candidate: string) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(secret);
  return candidate => timingSafeEqual(digest(candidate), expected);
}
