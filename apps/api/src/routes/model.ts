// GET /model: the served model, its accuracy, and the shadow beside it.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { championOf, type ModelStore, type ShadowStore } from '../inference/model-store.ts';
import { describeChampion, referTo, ServedModel } from '../schemas/model.ts';
import { problemResponses } from '../schemas/problem.ts';

export interface ModelOptions {
  readonly models: ModelStore;
  readonly shadows: ShadowStore;
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
  { models, shadows },
) => {
  app.get('/model', { schema }, async () => ({
    ...describeChampion(championOf(models)),
    shadow: shadows.shadow ? referTo(shadows.shadow) : null,
  }));
};
