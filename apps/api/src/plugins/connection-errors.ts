// Answers to requests that Node's HTTP parser rejects. Fastify never sees them, so the response is
// written to the socket directly.

import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemContentType } from '@digits/protocol';
import type { ConnectionError } from 'fastify';
import { type ProblemCode, problemDetails, problems } from '../problem.ts';

const parserErrors: Partial<Record<string, readonly [ProblemCode, detail: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'Send the whole request faster.'],
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'Send fewer or shorter headers.'],
};

/** Sockets whose error is answered after earlier requests; the parser rejects later bytes again. */
const waiting = new WeakSet<Socket>();

/**
 * Answers with problem details and closes the connection, whose remaining bytes are undefined. Whole
 * requests that arrived on it before are answered first, and an answer that has begun is finished.
 */
export function answerConnectionError(error: Pick<ConnectionError, 'code'>, socket: Socket): void {
  if (socket.destroyed || waiting.has(socket)) return;
  const current = error.code === 'ECONNRESET' ? undefined : currentResponse(socket);
  if (current && (current.req.complete || current.headersSent)) {
    waiting.add(socket);
    current.once('close', () => {
      waiting.delete(socket);
      // The request that is not whole has had its answer.
      if (current.req.complete) answerConnectionError(error, socket);
      else socket.destroySoon();
    });
    return;
  }
  if (socket.writable && error.code !== 'ECONNRESET') socket.write(responseTo(error));
  socket.destroySoon();
}

/** Ends a request that arrives too slowly, as the limit of its whole time does. */
export function answerTimeout(socket: Socket): void {
  answerConnectionError({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }, socket);
}

/**
 * The response that is next on the connection. Node keeps it at the socket, and replaces it by the one
 * after it before it emits `close`.
 */
function currentResponse(socket: Socket): ServerResponse | undefined {
  return (socket as { _httpMessage?: ServerResponse | null })._httpMessage ?? undefined;
}

function responseTo({ code }: Pick<ConnectionError, 'code'>): string {
  const [problem, detail] = parserErrors[code] ?? ['bad-request', 'This is not valid HTTP.'];
  const body = JSON.stringify(problemDetails(problem, detail));
  const { status } = problems[problem];
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${problemContentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
