// The network that a client's requests are counted for.

/** The longest IPv6 address with a zone; X-Forwarded-For may hold anything. */
const maxCharacters = 64;

/**
 * Loads a function for the network of an address: the address itself, or of IPv6 the /64, within which
 * a client may use any address. An address of a closed connection is undefined.
 */
export async function loadNetworkOf(): Promise<(address: string | undefined) => string> {
  // Loaded only where requests are counted. A package in the bundle has its default export only.
  const { default: rateLimit } = await import('@fastify/rate-limit');
  return (address = '') => rateLimit.normalizeIP(copyOf(address.slice(0, maxCharacters)));
}

/** A string of its own: V8's part of a header would keep the whole header in memory. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}
