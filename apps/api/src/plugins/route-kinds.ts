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

const docsPattern = /^\/(docs(\/.*)?|openapi\.json)$/;

/** Whether a route belongs to the documentation. A browser sends the API key as a password there. */
export function isDocs(url: string): boolean {
  return docsPattern.test(url);
}

const drawingPattern = /^\/(page\/.*)?$/;

/** Whether a route is a page or belongs to one: a browser opens it, also from a link elsewhere. */
export function isPage(url: string): boolean {
  return isDocs(url) || drawingPattern.test(url);
}

/** Whether a route needs no API key: a probe, or the page for drawing, which asks for the key itself. */
export function isWithoutKey(url: string): boolean {
  return isProbe(url) || drawingPattern.test(url);
}
