// POST /predict: a picture in, the digit out.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { championOf, type ModelStore } from '../model/model-store.ts';
import type { Metrics } from '../operations/metrics.ts';
import { predict } from '../predict.ts';
import { Prediction, PredictionQuery } from '../schemas/prediction.ts';
import { problemResponses } from '../schemas/problem.ts';
import { uploadBody, uploadProblems } from '../schemas/upload.ts';
import { acceptUploads, readUpload } from '../upload/upload.ts';

export interface PredictOptions {
  readonly models: ModelStore;
  readonly maxPixels: number;
  /** For the answers, and the stages on the way to them. */
  readonly metrics: Pick<Metrics, 'answered' | 'stages'>;
}

const schema = {
  summary: 'Which digit is on a picture',
  description:
    'Takes one picture: dark on light or light on dark, of any size up to the limits. Send it in ' +
    'the field `file` of a form, or as the bare body.',
  tags: ['predict'],
  querystring: PredictionQuery,
  body: uploadBody,
  response: {
    200: { description: 'The answer.', ...Prediction },
    ...problemResponses(...uploadProblems, 'not-ready', 'handler-timeout'),
  },
};

export const predictRoutes: FastifyPluginAsyncTypebox<PredictOptions> = async (
  app,
  { models, maxPixels, metrics },
) => {
  await acceptUploads(app);
  // The upload has the request's time limit, and libvips one of its own.
  app.post('/predict', { schema, config: { limitsItself: true } }, async request => {
    const champion = championOf(models);
    const { bytes } = await readUpload(request);
    const explain = request.query.explain === 'true';
    const prediction = await predict(bytes, champion, {
      maxPixels,
      explain,
      stages: metrics.stages,
    });
    metrics.answered(prediction);
    return prediction;
  });
};
