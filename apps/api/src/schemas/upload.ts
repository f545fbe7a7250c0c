// The body of a request with a picture in it: a form with a file, or the file itself. For the
// documentation only; upload/ reads the body and checks it.

import { Type } from 'typebox';
import type { ProblemCode } from '../problem.ts';

/** What a bare body may declare itself to be; what it is, its content decides. */
export const pictureContentTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;

const binary = { format: 'binary', description: 'A PNG, JPEG or WebP file.' };

const PictureForm = Type.Object({ file: Type.String(binary) });
const PictureFile = Type.String(binary);

/** `schema.body` of a route that takes a picture. */
export const uploadBody = {
  content: {
    'multipart/form-data': { schema: PictureForm },
    ...Object.fromEntries(pictureContentTypes.map(type => [type, { schema: PictureFile }])),
  },
};

/** What can be wrong with a request that brings a picture, up to its being decoded. */
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
