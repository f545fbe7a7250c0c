// Answers to requests that Node's HTTP parser rejects. Fastify never sees them, so the response is
// written to the socket directly.

import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemContentType } from '@digits/protocol';
import type { ConnectionError } from 'fastify';
import { type ProblemCode, problemDetails, problems } from '../problem.ts';

const parserErrors: Partial<Record<string, readonly [ProblemCode, detail: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'Send the whole request faster.'],
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'Send fewer or shorter headers.'],
};

/** Answers with problem details and closes the connection, whose remaining bytes are undefined. */
export function answerConnectionError(error: ConnectionError, socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.writable && error.code !== 'ECONNRESET') socket.write(responseTo(error));
  socket.destroySoon();
}

function responseTo({ code }: ConnectionError): string {
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
