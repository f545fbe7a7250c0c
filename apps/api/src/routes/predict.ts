// POST /predict: a picture in, the digit out.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { championOf, type ModelStore } from '../model/model-store.ts';
import { predict } from '../predict.ts';
import { Prediction } from '../schemas/prediction.ts';
import { problemResponses } from '../schemas/problem.ts';
import { uploadBody } from '../schemas/upload.ts';
import { acceptUploads, readUpload } from '../upload/upload.ts';

export interface PredictOptions {
  readonly models: ModelStore;
  readonly maxPixels: number;
}

const schema = {
  summary: 'Which digit is on a picture',
  description:
    'Takes one picture: dark on light or light on dark, of any size up to the limits. Send it in ' +
    'the field `file` of a form, or as the bare body.',
  tags: ['predict'],
  body: uploadBody,
  response: {
    200: { description: 'The answer.', ...Prediction },
    ...problemResponses(
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
      'internal-error',
      'not-ready',
    ),
  },
};

export const predictRoutes: FastifyPluginAsyncTypebox<PredictOptions> = async (app, options) => {
  await acceptUploads(app);
  app.post(
    '/predict',
    {
      schema,
      // The body is bytes, or a stream not read yet: there is nothing in it for a JSON schema to
      // check, and `schema.body` is there to be read in /docs.
      validatorCompiler: () => () => true,
    },
    async request => {
      const champion = championOf(options.models);
      return predict(await readUpload(request), champion, options.maxPixels);
    },
  );
};
