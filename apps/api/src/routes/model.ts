// GET /model: what answers, and how well.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { championOf, type ModelStore } from '../model/model-store.ts';
import { describeChampion, ServedModel } from '../schemas/model.ts';
import { problemResponses } from '../schemas/problem.ts';

export interface ModelOptions {
  readonly models: ModelStore;
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

export const modelRoutes: FastifyPluginAsyncTypebox<ModelOptions> = async (app, { models }) => {
  app.get('/model', { schema }, async () => describeChampion(championOf(models)));
};
