// GET /model: the served model, its accuracy, and the shadow beside it.

import type { LoadedModel } from '@digits/nn';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  championOf,
  type ModelStore,
  type RemoteModelsStatus,
  type ShadowStore,
} from '../inference/model-store.ts';
import { describeChampion, referTo, ServedModel } from '../schemas/model.ts';
import { problemResponses } from '../schemas/problem.ts';

export interface ModelOptions {
  readonly models: ModelStore;
  readonly shadows: ShadowStore;
  /** Without MODELS_URL it returns undefined. */
  remoteStatus(): RemoteModelsStatus | undefined;
}

const schema = {
  summary: 'The served model and its accuracy',
  description: 'The metadata in its file, and its digest, which every answer contains.',
  tags: ['model'],
  response: {
    200: { description: 'The served model.', ...ServedModel },
    ...problemResponses('not-ready'),
  },
};

export const modelRoutes: FastifyPluginAsyncTypebox<ModelOptions> = async (
  app,
  { models, shadows, remoteStatus },
) => {
  app.get('/model', { schema }, async () => {
    const champion = championOf(models);
    return {
      ...describeChampion(champion),
      remote: describeRemote(remoteStatus(), champion),
      shadow: shadows.shadow ? referTo(shadows.shadow) : null,
    };
  });
};

function describeRemote(
  status: RemoteModelsStatus | undefined,
  champion: LoadedModel,
): ServedModel['remote'] {
  if (status === undefined) return null;
  const { url, sha256, checkedAt, problem } = status;
  return {
    url,
    isServed: sha256 === champion.sha256,
    checkedAt: checkedAt?.toISOString() ?? null,
    problem: problem ?? null,
  };
}
