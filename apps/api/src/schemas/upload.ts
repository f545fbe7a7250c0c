// The body of a request with a picture in it: a form with a file, or the file itself. For the
// documentation only; upload/ reads the body and checks it.
import { Type } from 'typebox';

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
