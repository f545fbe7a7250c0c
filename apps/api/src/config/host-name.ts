// Host names as they are in HOST, in ALLOWED_HOSTS and in the headers of requests.

/** Characters that would end the host in a URL. */
const delimiterPattern = /[\s/?#@\\]/;

/** The longest name of DNS, a colon and a port. */
const maxCharacters = 259;

/**
 * A host in the form in which browsers send it: lower case, Punycode, IPv4 as four decimal numbers,
 * IPv6 shortened in brackets. A port and the dot that ends a fully qualified name are left out.
 *
 * @returns undefined for text that is not a host
 */
export function canonicalHostName(host: string): string | undefined {
  if (host.length > maxCharacters || delimiterPattern.test(host)) return undefined;
  return URL.parse(`http://${host}`)?.hostname.replace(/\.$/, '') || undefined;
}

/** Whether a host, with or without brackets, is this machine's loopback interface. */
export function isLoopback(host: string): boolean {
  return (
    /^(.+\.)?localhost$/.test(host) ||
    /^127(\.\d{1,3}){3}$/.test(host) ||
    host === '::1' ||
    host === '[::1]'
  );
}
