// Which methods an address takes, for whoever asks with another one. The router itself tells that of
// an address without parameters only.

import type { FastifyInstance } from 'fastify';

/** @returns the methods of a path, none where there is nothing */
export type AllowedMethods = (path: string) => readonly string[];

/** Call before adding routes. */
export function collectAllowedMethods(app: FastifyInstance): AllowedMethods {
  const patterns = new Map<string, readonly string[]>();
  app.addHook('onRoute', ({ url }) => {
    if (url.includes('/:')) patterns.set(url, url.split('/'));
  });
  return path => {
    const segments = path.split('/');
    const urls = [path];
    for (const [url, pattern] of patterns) if (matches(segments, pattern)) urls.push(url);
    return app.supportedMethods.filter(method => urls.some(url => app.hasRoute({ url, method })));
  };
}

function matches(segments: readonly string[], pattern: readonly string[]): boolean {
  return (
    segments.length === pattern.length &&
    pattern.every((part, i) => (part.startsWith(':') ? segments[i] !== '' : segments[i] === part))
  );
}
