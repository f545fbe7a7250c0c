// Checks the API key of requests, where one is configured, and limits wrong ones.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { loadNetworkOf } from './client-network.ts';
import { KeyAttempts } from './key-attempts.ts';
import { isDocs, isWithoutKey } from './route-kinds.ts';

/** Refuses requests without the key, except health probes and the page. Call before adding routes. */
export async function requireApiKey(app: FastifyInstance, apiKey: string): Promise<void> {
  const attempts = new KeyAttempts(await loadNetworkOf());
  const isKey = equalInConstantTime(apiKey);
  app.addHook('onRequest', (request, reply, done) => {
    const { ip, routeOptions } = request;
    const { url = '' } = routeOptions;
    if (isWithoutKey(url)) return done();
    const takesPassword = isDocs(url);
    const key = keyIn(request, takesPassword);
    if (attempts.mayTry(ip) && isKey(key)) {
      attempts.addRight(ip);
      return done();
    }
    const seconds = key === '' ? 0 : attempts.addWrong(ip);
    if (seconds > 0) {
      reply.header('retry-after', seconds);
      return done(new Problem('too-many-wrong-keys', `Try again in ${seconds} seconds.`));
    }
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
