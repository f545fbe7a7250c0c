// A loopback port that accepts connections and never answers: a closed connection shows that the
// process behind it has ended.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { ExecutionContext } from 'ava';

/** @returns its address, and the first connection */
export async function listenFor(
  t: ExecutionContext,
): Promise<{ readonly url: string; readonly connected: Promise<Socket> }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const connected = once(server, 'connection').then(([socket]: Socket[]) => {
    // A peer that is killed may reset it.
    socket?.on('error', () => {});
    return socket as Socket;
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connected };
}
