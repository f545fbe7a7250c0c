// Refuses requests that web pages of other origins make a browser send: through a host name that was
// bound to this machine, or across origins. The latter by the algorithm of Go's
// http.CrossOriginProtection (https://words.filippo.io/csrf), here also for reading.

import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.ts';
import { canonicalHostName } from '../config/host-name.ts';
import { Problem } from '../problem.ts';
import { createHostCheck } from './allowed-hosts.ts';
import { isForSupervisors, isPage } from './route-kinds.ts';

type SourceConfig = Pick<Config, 'host' | 'allowedHosts' | 'corsOrigins' | 'trustedProxies'>;

/** Call before adding routes. */
export function refuseForeignRequests(app: FastifyInstance, config: SourceConfig): void {
  const isAllowedHost = createHostCheck(config);
  const isForeign = createOriginCheck(config.corsOrigins);
  const isProxied = config.trustedProxies > 0;

  /** @returns the header that names another host, if there is one */
  function refusedHost(request: FastifyRequest): string | undefined {
    const { host = '' } = request.raw.headers;
    if (!isAllowedHost(host)) return host;
    // X-Forwarded-Host is checked as well, not instead: a page can send it past the proxy.
    return isProxied && !isAllowedHost(request.host) ? request.host : undefined;
  }

  app.addHook('onRequest', (request, _reply, done) => {
    if (hasWrongHosts(request.raw))
      return done(new Problem('bad-request', 'Send exactly one Host header.'));
    const host = refusedHost(request);
    if (host === undefined && !isForeign(request)) return done();
    const { url = '' } = request.routeOptions;
    if (isForSupervisors(url) || (host === undefined && isPage(url))) return done();
    done(host === undefined ? originNotAllowed() : hostNotAllowed(host));
  });
}

/**
 * Whether there is another number of headers Host than one (RFC 9112, section 3.2); HTTP/1.0 needs
 * none. Node takes the first one, a proxy may take another.
 */
function hasWrongHosts({ rawHeaders, httpVersionMinor }: IncomingMessage): boolean {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (name.length === 4 && name.toLowerCase() === 'host') count++;
  }
  return count > 1 || (count === 0 && httpVersionMinor > 0);
}

/** @returns a function that tells whether a browser sent a request for a page of a foreign origin */
function createOriginCheck(allowedOrigins: readonly string[]) {
  if (allowedOrigins.includes('*')) return () => false;
  const allowed = new Set(allowedOrigins);
  return (request: FastifyRequest): boolean => {
    const { origin, 'sec-fetch-site': site } = request.raw.headers;
    // Programs send neither header. Browsers send Sec-Fetch-Site to loopback and over HTTPS, and
    // Origin with every request that can have an effect or whose answer the page can read.
    if (site === undefined && origin === undefined) return false;
    // "none": the person opened the address.
    if (site === 'same-origin' || site === 'none') return false;
    if (origin === undefined) return true;
    return !allowed.has(origin) && (site !== undefined || !isOwnOrigin(origin, request.host));
  };
}

/** By host and port only, because a proxy may add TLS. */
function isOwnOrigin(origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

function originNotAllowed(): Problem {
  return new Problem(
    'origin-not-allowed',
    'The origin of the web page that sent this is not in CORS_ORIGIN, or the page did not use CORS.',
  );
}

function hostNotAllowed(host: string): Problem {
  const name = canonicalHostName(host);
  return new Problem(
    'host-not-allowed',
    name === undefined
      ? 'Send a Host header with a name that the service accepts; see ALLOWED_HOSTS.'
      : `Add "${name}" to ALLOWED_HOSTS, or use a host name or address that the service accepts.`,
  );
}
