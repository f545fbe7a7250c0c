// Receives a picture as a form or as the bare body. image/ checks the bytes.

import { imageContentTypes } from '@digits/protocol';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { readForm } from './form.ts';
import type { Upload } from './parse-small-form.ts';

/**
 * A form has one file and one or two fields. More parts are read than that, so that the error can
 * name what is wrong; part headers may be far longer than any client sends.
 */
const formLimits = { parts: 8, fieldSize: 1024, headerPairs: 16, headerSize: 8192 };

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

/**
 * Makes a scope accept pictures and nothing else. The app's `bodyLimit` limits a file either way,
 * because @fastify/multipart takes its `fileSize` from it.
 */
export async function acceptUploads(
  scope: FastifyInstance,
  { fields = [] }: UploadOptions = {},
): Promise<void> {
  scope.removeAllContentTypeParsers();
  scope.decorateRequest('expectedFields', { getter: () => fields });
  // With throwFileSizeLimit, a file that is too large would abort the parsing of the form.
  await scope.register(multipart, { throwFileSizeLimit: false, limits: formLimits });
  scope.addContentTypeParser<Buffer>(
    [...imageContentTypes],
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  );
  scope.addContentTypeParser('*', (_request, _payload, done) => {
    const accepted = ['multipart/form-data', ...imageContentTypes].join(', ');
    done(new Problem('unsupported-content-type', `Send the picture as one of ${accepted}.`));
  });
}

/**
 * The one picture of a request, and the fields of its form.
 *
 * @throws Problem `no-file`, `empty-file`, and as `readForm` does
 */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  const upload = request.isMultipart() ? await readForm(request) : readBody(request);
  if (upload.bytes.length === 0) throw new Problem('empty-file', 'The file has no bytes.');
  return upload;
}

function readBody({ body }: FastifyRequest): Upload {
  if (Buffer.isBuffer(body)) return { bytes: body, fields: {} };
  throw new Problem('no-file', 'The request has no body; send a picture in it.');
}
