// Receives a picture as a form or as the bare body, of any declared type: image/ checks the bytes.

import { imageContentTypes } from '@digits/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readBody } from '../body/read-body.ts';
import { Problem } from '../problem.ts';
import { readForm } from './form.ts';
import type { Upload } from './parse-small-form.ts';

export interface UploadOptions {
  /** Names of the text fields that a form may have beside the file. */
  readonly fields?: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The text fields that a form may have; only in scopes that accept uploads. */
    readonly expectedFields: readonly string[];
  }
}

/** What `request.body` is until `readUpload` reads the stream. */
const pendingForm = Symbol('form');
const pendingFile = Symbol('file');

/** Not "png" or "image/". */
const isMediaType = /^[^\s/;]+\/[^\s/;]/;

/**
 * Makes a scope accept pictures, as a form or, with any other type or none, as the bare body. The app's
 * `bodyLimit` limits a file either way.
 */
export async function acceptUploads(
  scope: FastifyInstance,
  { fields = [] }: UploadOptions = {},
): Promise<void> {
  scope.removeAllContentTypeParsers();
  scope.decorateRequest('expectedFields', { getter: () => fields });
  scope.addHook('onRequest', ({ headers }, _reply, done) => {
    // Fastify would refuse it before the content is read.
    if (!isMediaType.test(headers['content-type'] ?? '')) delete headers['content-type'];
    done();
  });
  scope.addContentTypeParser('multipart/form-data', (_request, _payload, done) =>
    done(null, pendingForm),
  );
  // The named types are there for speed: Fastify keeps their parsers in a cache.
  scope.addContentTypeParser([...imageContentTypes, '*'], (_request, _payload, done) =>
    done(null, pendingFile),
  );
}

/**
 * The one picture of a request, and the fields of its form.
 *
 * @throws Problem `no-file`, `empty-file`, and as `readBody` and `readForm` do
 */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  const isForm = request.body === pendingForm;
  const upload = isForm ? await readForm(request) : { bytes: await readFile(request), fields: {} };
  if (upload.bytes.length === 0) throw new Problem('empty-file', 'The file has no bytes.');
  return upload;
}

function readFile(request: FastifyRequest): Buffer | Promise<Buffer> {
  if (request.body === pendingFile) return readBody(request);
  throw new Problem('no-file', 'The request has no body; send a picture in it.');
}
