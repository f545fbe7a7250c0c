// The fast path for the forms of nearly all clients: small, of known length, with one file, laid out as
// by browsers, curl and HTTP libraries. Reading them as one buffer doubles the requests a second. Any
// other form is left for @fastify/multipart.

import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import type { Upload } from './parse-small-form.ts';
import { parseSmallForm } from './parse-small-form.ts';

/** The buffer of a Node stream. Larger forms spend their time elsewhere. */
const maxFormBytes = 64 * 1024;

/**
 * @returns undefined for any other form; the request can then still be read
 * @throws Problem `malformed-multipart` where the connection closes before the end of the form
 */
export async function readSmallForm(request: FastifyRequest): Promise<Upload | undefined> {
  const { headers, raw, routeOptions, expectedFields } = request;
  const length = Number(headers['content-length']);
  // A form within the limit for a file has no file above it.
  if (!(length > 0 && length <= Math.min(maxFormBytes, routeOptions.bodyLimit))) return undefined;
  const body: Buffer = raw.read(length) ?? (await readWhole(raw, length));
  const form = parseSmallForm(body, headers['content-type'], expectedFields);
  // A stream takes data back until it has emitted its end.
  if (!form) raw.unshift(body);
  return form;
}

function readWhole(raw: IncomingMessage, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const stopListening = () => raw.off('readable', read).off('error', fail).off('close', fail);
    function read(): void {
      const body = raw.read(length);
      if (body === null) return;
      stopListening();
      resolve(body);
    }
    function fail(cause?: Error): void {
      stopListening();
      reject(new Problem('malformed-multipart', 'The form is truncated.', { cause }));
    }
    raw.on('readable', read).on('error', fail).on('close', fail);
  });
}
