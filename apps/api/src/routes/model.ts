// GET /model: what answers, and how well; and what answers beside it, unseen.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { championOf, type ModelStore, type ShadowStore } from '../inference/model-store.ts';
import { describeChampion, referTo, ServedModel } from '../schemas/model.ts';
import { problemResponses } from '../schemas/problem.ts';

export interface ModelOptions {
  readonly models: ModelStore;
  readonly shadows: ShadowStore;
}

const schema = {
  summary: 'Which model answers, and how well',
  description: 'What its file says of it, and the digest by which every answer names it.',
  tags: ['model'],
  response: {
    200: { description: 'The model that answers now.', ...ServedModel },
    ...problemResponses('not-ready'),
  },
};

export const modelRoutes: FastifyPluginAsyncTypebox<ModelOptions> = async (
  app,
  { models, shadows },
) => {
  app.get('/model', { schema }, async () => ({
    ...describeChampion(championOf(models)),
    shadow: shadows.shadow && referTo(shadows.shadow),
  }));
};
