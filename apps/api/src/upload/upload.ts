// How a picture arrives: in a form, or as the bare body. What the bytes are is decided elsewhere.
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.ts';
import { pictureContentTypes } from '../schemas/upload.ts';
import { readForm } from './form.ts';

/** A form has one part; a few more are read, to say what is wrong with it. */
const formLimits = { parts: 8, fieldSize: 1024 };

/**
 * Makes a scope take pictures and nothing else. The app's `bodyLimit` bounds a file either way:
 * it is where @fastify/multipart takes its `fileSize` from.
 */
export async function acceptUploads(scope: FastifyInstance): Promise<void> {
  scope.removeAllContentTypeParsers();
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
 * The bytes of the one picture that came with the request.
 *
 * @throws Problem for whatever else came; see `readForm`, `no-file` and `empty-file`
 */
export async function readUpload(request: FastifyRequest): Promise<Buffer> {
  const bytes = request.isMultipart() ? await readForm(request) : request.body;
  if (!Buffer.isBuffer(bytes)) {
    throw new Problem('no-file', 'The request has no body; send a picture in it.');
  }
  if (bytes.length === 0) throw new Problem('empty-file', 'The file has no bytes.');
  return bytes;
}
