// The body of a request with a picture: a form with a file, or the bare file. For the documentation
// only; upload/ parses and checks the body.

import { imageContentTypes, type ProblemCode } from '@digits/protocol';
import { Type } from 'typebox';

const binary = {
  format: 'binary',
  description: 'A PNG, JPEG or WebP file. Its content decides, not its declared type.',
};

const PictureForm = Type.Object({ file: Type.String(binary) });
const PictureFile = Type.String(binary);

/** Any other type is accepted, too, and none. */
const bareTypes = [...imageContentTypes, 'application/octet-stream'];

/** `schema.body` of a route that takes a picture. */
export const uploadBody = {
  content: {
    'multipart/form-data': { schema: PictureForm },
    ...Object.fromEntries(bareTypes.map(type => [type, { schema: PictureFile }])),
  },
};

/** The problems of a request with a picture, up to its decoding. */
export const uploadProblems = [
  'bad-request',
  'malformed-multipart',
  'no-file',
  'too-many-files',
  'unexpected-field',
  'empty-file',
  'file-too-large',
  'too-many-pixels',
  'unsupported-content-type',
  'not-an-image',
  'unreadable-image',
] as const satisfies readonly ProblemCode[];
