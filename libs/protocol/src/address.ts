// Addresses of services that contain a user and a password. This module has no imports, like constants.ts.

const credentials = /(?<=^\s*[a-z][a-z+.-]*:\/\/)[^/\\?#]*@/i;

/** @returns the address without user and password, for messages; any other text as it is */
export function shownAddress(address: string): string {
  return address.replace(credentials, '');
}

/** The user and the password of an address, percent-encoded as in a URL; empty where there are none. */
interface AddressUser {
  readonly username: string;
  readonly password: string;
}

/**
 * The header Authorization for the user of an address: Basic authentication (RFC 7617). `fetch` accepts no user in an
 * address.
 */
export function basicAuthorization({ username, password }: AddressUser): string | undefined {
  if (username === '' && password === '') return undefined;
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(text)))}`;
}
