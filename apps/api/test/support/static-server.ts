// An HTTP server of the files of a folder, with strong ETags, as buckets have them.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface StaticServer {
  /** The address of the folder. */
  readonly url: string;
  /** Status and path of each answer, in order. */
  readonly answers: string[];
  /** Headers of the last request. */
  readonly headers: IncomingHttpHeaders;
  /** Answers in place of the files where it is set. */
  respond: ((response: ServerResponse, path: string) => void) | undefined;
  close(): Promise<void>;
}

export async function serveFolder(folder: string): Promise<StaticServer> {
  const state = { respond: undefined as StaticServer['respond'], headers: {} };
  const answers: string[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url!.replace('/models/', '');
    state.headers = request.headers;
    response.once('close', () => answers.push(`${response.statusCode} ${path}`));
    if (state.respond) return state.respond(response, path);
    const bytes = await readFile(join(folder, path)).catch(() => undefined);
    if (!bytes) return response.writeHead(404).end();
    const etag = `"${createHash('sha256').update(bytes).digest('hex')}"`;
    const isKnown = request.headers['if-none-match'] === etag;
    return response.writeHead(isKnown ? 304 : 200, { etag }).end(isKnown ? undefined : bytes);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/models`,
    answers,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
