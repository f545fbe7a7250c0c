// How a picture arrives: in a form, or as the bare body. What the bytes are is decided elsewhere.

import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { pictureContentTypes } from '../schemas/upload.ts';
import { readForm } from './form.ts';

/**
 * A form has one file and a field or two; a few more parts are read, to say what is wrong with
 * them. Of a part's head, far more is read than any client sends.
 */
const formLimits = { parts: 8, fieldSize: 1024, headerPairs: 16, headerSize: 8192 };

export interface UploadOptions {
  /** Names of text fields that a form may have beside the file. */
  readonly fields?: readonly string[];
}

export interface Upload {
  readonly bytes: Buffer;
  /** The text fields that came in the form; none with a bare body. */
  readonly fields: Readonly<Record<string, string>>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Text fields that are expected in a form; only where uploads are accepted. */
    readonly expectedFields: readonly string[];
  }
}

/**
 * Makes a scope take pictures and nothing else. The app's `bodyLimit` bounds a file either way:
 * it is where @fastify/multipart takes its `fileSize` from.
 */
export async function acceptUploads(
  scope: FastifyInstance,
  { fields = [] }: UploadOptions = {},
): Promise<void> {
  scope.removeAllContentTypeParsers();
  scope.decorateRequest('expectedFields', { getter: () => fields });
  // Without throwFileSizeLimit: false, a file that is too large would end the form half read.
  await scope.register(multipart, { throwFileSizeLimit: false, limits: formLimits });
  scope.addContentTypeParser<Buffer>(
    [...pictureContentTypes],
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  );
  scope.addContentTypeParser('*', (_request, _payload, done) => {
    const accepted = ['multipart/form-data', ...pictureContentTypes].join(', ');
    done(new Problem('unsupported-content-type', `Send the picture as one of ${accepted}.`));
  });
}

/**
 * The one picture that came with the request, and what the form says of it.
 *
 * @throws Problem for whatever else came; see `readForm`, `no-file` and `empty-file`
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
