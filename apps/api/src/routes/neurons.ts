// /model/layers/:layer/neurons/:index: a neuron of the served model, alone and for a picture.

import { Neuron, NeuronActivation } from '@digits/protocol';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { championOf, type ModelStore } from '../inference/model-store.ts';
import { describeActivation, describeNeuron, requireNeuron } from '../inference/neuron.ts';
import type { NeuronExamples } from '../inference/neuron-examples.ts';
import { toNetworkInput } from '../inference/predict.ts';
import { nextTurn } from '../next-turn.ts';
import { Problem } from '../problem.ts';
import { problemResponses } from '../schemas/problem.ts';
import { uploadBody, uploadProblems } from '../schemas/upload.ts';
import { acceptUploads, readUpload } from '../upload/upload.ts';
import { isCurrent } from './request-headers.ts';

export interface NeuronOptions {
  readonly models: ModelStore;
  readonly maxPixels: number;
  readonly examples: Pick<NeuronExamples, 'of'>;
}

/** Far above any model; where a layer really ends is for `requireNeuron`. */
const maxPosition = 999_999_999;

const NeuronPath = Type.Object({
  layer: Type.Integer({
    minimum: 0,
    maximum: maxPosition,
    description: 'Its place in the `layers` of GET /model: 1 is the first hidden layer.',
  }),
  index: Type.Integer({
    minimum: 0,
    maximum: maxPosition,
    description: 'Its place in the layer, from 0.',
  }),
});

const read = {
  summary: 'A neuron of the served model',
  description:
    'Its weights, the digits that it speaks for, and the test images that excite it most. These are ' +
    'computed after the first request for a neuron; `examplesStatus` shows when they are ready.',
  tags: ['model'],
  params: NeuronPath,
  response: {
    200: { description: 'The neuron.', ...Neuron },
    304: { description: 'The client has this neuron, as `If-None-Match` says.', type: 'null' },
    ...problemResponses('bad-request', 'no-such-neuron', 'not-ready'),
  },
};

const activate = {
  summary: 'A neuron for a picture',
  description:
    'Takes a picture as POST /predict does: the output of the neuron for it, and its weights along the ' +
    'path of the neurons that the picture activates.',
  tags: ['model'],
  params: NeuronPath,
  body: uploadBody,
  response: {
    200: { description: 'The neuron for the picture.', ...NeuronActivation },
    ...problemResponses(...uploadProblems, 'no-such-neuron', 'blank-image', 'not-ready'),
  },
};

const path = '/model/layers/:layer/neurons/:index';

export const neuronRoutes: FastifyPluginAsyncTypebox<NeuronOptions> = async (
  app,
  { models, maxPixels, examples },
) => {
  await acceptUploads(app);

  app.get(path, { schema: read }, async (request, reply) => {
    const champion = championOf(models);
    const position = request.params;
    requireNeuron(champion, position);
    const found = examples.of(champion, position);
    const etag = `"${champion.sha256}-${found.examplesStatus}"`;
    // Another model may be served at any time, and the address names none.
    reply.headers({ 'cache-control': 'private, no-cache', etag });
    if (isCurrent(request.headers['if-none-match'], etag)) return reply.code(304).send();
    await nextTurn();
    return { ...describeNeuron(champion, position), ...found };
  });

  app.post(path, { schema: activate }, async request => {
    const champion = championOf(models);
    const position = request.params;
    requireNeuron(champion, position);
    const { bytes } = await readUpload(request);
    const pixels = await toNetworkInput(bytes, maxPixels);
    if (!pixels) throw new Problem('blank-image', 'A blank picture activates no neuron.');
    await nextTurn();
    return describeActivation(champion, position, pixels);
  });
};
