// Kinds of routes that the hooks treat differently.

const probePattern = /^\/(v2\/)?health\/(live|ready)$/;

/** Whether a route is a health probe. Probes need no API key and have no rate limit. */
export function isProbe(url: string): boolean {
  return probePattern.test(url);
}

/**
 * Whether a route is for supervisors, which address a process by its IP or by a name that only they
 * know. It answers to every host name and page; what it says is no secret.
 */
export function isForSupervisors(url: string): boolean {
  return url === '/metrics' || isProbe(url);
}

const pagePattern = /^\/(docs(\/.*)?|openapi\.json)$/;

/** Whether a route is a page or belongs to one: a browser opens it, also from a link elsewhere. */
export function isPage(url: string): boolean {
  return pagePattern.test(url);
}
