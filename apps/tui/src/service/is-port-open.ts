// Whether anything listens at an address at all: a bare TCP connection, which costs a thousandth of
// loading an HTTP client only to hear that nobody is there.

import { connect } from 'node:net';

/** @returns whether a connection was accepted in time; never rejects. */
export function isPortOpen(url: string, timeoutMs: number): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const defaultPort = protocol === 'https:' ? 443 : 80;
  const socket = connect({
    // Brackets belong to the address, not to the name.
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? defaultPort : Number(port),
    timeout: timeoutMs,
  });
  return new Promise<boolean>(resolve => {
    socket.once('connect', () => resolve(true));
    socket.once('timeout', () => resolve(false));
    socket.once('error', () => resolve(false));
  }).finally(() => socket.destroy());
}
