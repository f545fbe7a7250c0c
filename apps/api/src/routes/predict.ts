// POST /predict: classifies the digit on a picture.

import { Prediction } from '@digits/protocol';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { type ExplanationPart, explanationParts } from '../inference/explain.ts';
import { championOf, type ModelStore } from '../inference/model-store.ts';
import { type PredictOptions, predict } from '../inference/predict.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { problemResponses } from '../schemas/problem.ts';
import { uploadBody, uploadProblems } from '../schemas/upload.ts';
import type { Shadowing } from '../shadow/shadowing.ts';
import { acceptUploads, readUpload } from '../upload/upload.ts';

export interface PredictRoutesOptions {
  readonly models: ModelStore;
  readonly maxPixels: number;
  readonly handlerTimeoutMs: number;
  readonly metrics: Pick<Metrics, 'answered' | 'stages'>;
  readonly shadowing: Pick<Shadowing, 'isActive' | 'offer'>;
}

const PredictionQuery = Type.Object({
  explain: Type.Optional(
    Type.Union(
      [
        Type.Boolean(),
        Type.Array(Type.Enum(explanationParts, { type: 'string' }), {
          minItems: 1,
          uniqueItems: true,
        }),
      ],
      {
        description:
          'What to add to the answer beside `seen`: `saliency`, `layers`, or both, separated by a ' +
          'comma or by repeating the parameter. `true` is `saliency`.',
      },
    ),
  ),
});

const schema = {
  summary: 'Classify the digit on a picture',
  description:
    'Takes one picture, dark on light or light on dark, of any size up to the limits. Send it in the ' +
    'field `file` of a form, or as the bare body.',
  tags: ['predict'],
  querystring: PredictionQuery,
  body: uploadBody,
  response: {
    200: { description: 'The prediction.', ...Prediction },
    ...problemResponses(...uploadProblems, 'not-ready', 'handler-timeout'),
  },
};

export const predictRoutes: FastifyPluginAsyncTypebox<PredictRoutesOptions> = async (
  app,
  { models, maxPixels, handlerTimeoutMs, metrics, shadowing },
) => {
  await acceptUploads(app);
  // The request timeout bounds the upload, and decoding has what is left of the handler timeout.
  app.post('/predict', { schema, config: { hasOwnTimeouts: true } }, async (request, reply) => {
    const champion = championOf(models);
    const { bytes } = await readUpload(request);
    const prediction = await predict(bytes, champion, {
      maxPixels,
      explain: partsOf(request.query.explain),
      maxDecodeMs: Math.max(1, handlerTimeoutMs - reply.elapsedTime),
      stages: metrics.stages,
      onClassified: shadowing.isActive ? offerAfter(reply, bytes) : undefined,
    });
    metrics.answered(prediction);
    return prediction;
  });

  /** Offers the picture to the shadow once the answer has been sent, if it is. */
  function offerAfter(reply: FastifyReply, bytes: Buffer): PredictOptions['onClassified'] {
    return (seen, prediction) =>
      reply.raw.once('finish', () => shadowing.offer({ bytes, seen, prediction }));
  }
};

function partsOf(
  explain: boolean | readonly ExplanationPart[] = false,
): readonly ExplanationPart[] {
  if (typeof explain === 'boolean') return explain ? ['saliency'] : [];
  return explain;
}
