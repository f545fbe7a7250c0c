// The forms that nearly all clients send: small, of known length, one file, and every byte where
// browsers, curl and the HTTP libraries put it. They are read as one buffer, at twice the requests a
// second. Anything else is left untouched for @fastify/multipart.

import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { parseSmallForm } from './parse-small-form.ts';
import type { Upload } from './upload.ts';

/** As much as a stream of Node holds at once. Larger forms spend their time elsewhere. */
const maxFormBytes = 64 * 1024;

/**
 * @returns null for a form that is not small and plain; the request can then still be read
 * @throws Problem `malformed-multipart` when the connection ends before the form does
 */
export async function readSmallForm(request: FastifyRequest): Promise<Upload | null> {
  const { headers, raw, routeOptions, expectedFields } = request;
  const length = Number(headers['content-length']);
  // A form within the limit for a file has no file above it.
  if (!(length > 0 && length <= Math.min(maxFormBytes, routeOptions.bodyLimit))) return null;
  const body: Buffer = raw.read(length) ?? (await readWhole(raw, length));
  const form = parseSmallForm(body, headers['content-type'], expectedFields);
  // Before the stream has told that it is at its end, it takes back what was read.
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
      reject(new Problem('malformed-multipart', 'The form is cut off.', { cause }));
    }
    raw.on('readable', read).on('error', fail).on('close', fail);
  });
}
