// Reads the headers by which a client chooses its response: the version that it has, and the content codings that
// it accepts.

/** Whether the client has this version (RFC 9110, section 13.1.2: weak comparison). */
export function isCurrent(ifNoneMatch: string | undefined, etag: string): boolean {
  const opaque = (tag: string) => tag.replace(/^W\//, '');
  const tags = elementsOf(ifNoneMatch).map(opaque);
  return tags.includes(opaque(etag)) || tags.includes('*');
}

/**
 * @param acceptEncoding a coding with `q=0` is refused (RFC 9110, section 12.5.3)
 * @param available the best first
 */
export function bestCoding<Coding extends string>(
  acceptEncoding: string | undefined,
  available: readonly Coding[],
): Coding | 'identity' {
  const accepted = elementsOf(acceptEncoding?.toLowerCase())
    .map(coding => coding.split(/\s*;\s*/))
    .filter(([, weight = '']) => !/^q=0(\.0*)?$/.test(weight))
    .map(([name]) => name);
  return available.find(coding => accepted.includes(coding)) ?? 'identity';
}

/** The elements of a header that is a list, separated by commas. */
function elementsOf(header = ''): string[] {
  return header.split(',').map(element => element.trim());
}
