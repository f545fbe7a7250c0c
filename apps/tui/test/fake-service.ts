// A real HTTP server on a loopback port with the responses of a test.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Prediction } from '@digits/client';
import type { ExecutionContext } from 'ava';

const model = { name: 'digits', version: '5.7.11', sha256: 'c0ffee00'.repeat(8) };

/** A response of POST /predict by the contract: a 7 that is accepted. */
export const seven = {
  digit: 7,
  confidence: 0.983,
  probabilities: [0.001, 0.002, 0.001, 0.003, 0.002, 0.001, 0.002, 0.983, 0.001, 0.004],
  accepted: true,
  reason: null,
  model: model,
  input: { sha256: 'beef'.repeat(16) },
};

/** A response of GET /health/ready by the contract. */
export const ready = { status: 'ready', model: model };

/** The same 7 as the app represents it. */
export const sevenPrediction: Prediction = {
  digit: 7,
  confidence: seven.confidence,
  probabilities: seven.probabilities,
  reason: null,
  model: { name: model.name, version: model.version },
};

export interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly contentType: string | undefined;
  readonly authorization: string | undefined;
  readonly body: Buffer;
}

export interface FakeService {
  readonly url: string;
  /** The requests so far, each with its whole body. */
  readonly received: readonly Received[];
  close(): Promise<void>;
}

type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/** Responds as a ready service that predicts a 7 for every drawing. */
export const respondSeven: Respond = (request, response) => {
  respondJson(200, request.url === '/health/ready' ? ready : seven)(request, response);
};

/** Answers every request with one status and one JSON document. */
export function respondJson(status: number, body: unknown, type = 'application/json'): Respond {
  return (_, response) => {
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
  };
}

export async function startFakeService(respond: Respond): Promise<FakeService> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const { method, url: path } = request;
    const { 'content-type': contentType, authorization } = request.headers;
    received.push({ method, path, contentType, authorization, body: await buffer(request) });
    respond(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    async close() {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Starts a service that is closed with the test, however that ends. */
export async function serveFor(t: ExecutionContext, respond: Respond): Promise<FakeService> {
  const service = await startFakeService(respond);
  t.teardown(service.close);
  return service;
}

/** A loopback address at which nothing listens: port 1 is never assigned automatically. */
export const closedUrl = 'http://127.0.0.1:1';
