// Answers "Expect: 100-continue" (RFC 9110, section 10.1.1) when the body is about to be read, so that a
// client that is refused by then, as for its key or the length of its body, does not send it.

import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** The responses of clients that wait for the 100. */
const waiting = new WeakMap<IncomingMessage, ServerResponse>();

/** Node would send the 100 as soon as the headers have arrived, as it is sent where no body follows. */
export function deferContinue(server: Server): void {
  server.on('checkContinue', (request, response) => {
    if (hasBody(request)) waiting.set(request, response);
    else response.writeContinue();
    server.emit('request', request, response);
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Whether the client still waits for the response 100 before it sends the body. It may send it or another request next. */
export function isWaitingForContinue(request: IncomingMessage): boolean {
  return waiting.has(request);
}

/** Tells the client to send the body, if it waits for that. */
export function sendContinue(request: IncomingMessage): void {
  if (request.headers.expect === undefined) return;
  waiting.get(request)?.writeContinue();
  waiting.delete(request);
}
