// A round-robin proxy in front of the replicas. A request that a replica did not answer, or answered with
// 503, goes to the next one: predictions change nothing, and a correction that is sent twice is stored once.

import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Proxy {
  readonly url: string;
  /** How often a request went to another replica. */
  readonly retries: number;
  close(): void;
}

/** @param ports of the replicas as they are now */
export async function startProxy(ports: () => readonly number[]): Promise<Proxy> {
  let next = 0;
  let retries = 0;
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const all = ports();
    const first = next++;
    for (let attempt = 0; attempt < all.length; attempt++) {
      if (attempt > 0) retries++;
      const port = all[(first + attempt) % all.length]!;
      const answer = await forward(port, incoming, body).catch(() => undefined);
      const isLast = attempt === all.length - 1;
      if (!answer || (answer.status === 503 && !isLast)) continue;
      send(outgoing, answer);
      return;
    }
    outgoing.writeHead(502).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get retries() {
      return retries;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** @throws Error where there is no whole answer */
async function forward(
  port: number,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const host = `127.0.0.1:${port}`;
    const options = { port, host: '127.0.0.1', method, path: url, headers: { ...headers, host } };
    request(options, resolve).on('error', reject).end(body);
  });
  return {
    status: response.statusCode!,
    headers: response.headers,
    body: await buffer(response),
  };
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const { connection, 'transfer-encoding': _, ...others } = headers;
  outgoing.writeHead(status, { ...others, 'content-length': body.length }).end(body);
}
