// /v2: the Open Inference Protocol, for clients of KServe and Triton.

import { type LoadedModel, networkInputs } from '@digits/nn';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import manifest from '../../package.json' with { type: 'json' };
import { freeBody, readBody } from '../body/read-body.ts';
import type { Batches } from '../inference/batch-thread/batches.ts';
import { championOf, type ModelStore } from '../inference/model-store.ts';
import { nextTurn } from '../next-turn.ts';
import { datatypeNames } from '../open-inference/datatypes.ts';
import { infer } from '../open-inference/infer.ts';
import { outputNames, outputs } from '../open-inference/outputs.ts';
import { readInferenceRequest } from '../open-inference/request.ts';
import { encodeInferenceResponse } from '../open-inference/response.ts';
import { inputShapes } from '../open-inference/tensor.ts';
import { notFound, prepareProblemReply } from '../plugins/error-handlers.ts';
import { Problem } from '../problem.ts';
import { referTo } from '../schemas/model.ts';
import * as schemas from './inference-v2-schemas.ts';

export interface InferenceV2Options {
  readonly models: ModelStore;
  readonly batches: Batches;
}

/** 4096 images are 12.8 MB of binary data, and about as much JSON. */
const maxBodyBytes = 16 * 1024 * 1024;

export const inferenceV2Routes: FastifyPluginAsyncTypebox<InferenceV2Options> = async (
  app,
  { models, batches },
) => {
  app.removeAllContentTypeParsers();
  // The Content-Type of Triton's clients varies; the body always is JSON or begins with it.
  app.addContentTypeParser('*', async (request: FastifyRequest) =>
    readBody(request, undefined, valuesStart(request)),
  );
  app.setErrorHandler((error, request, reply) => {
    const { code, message } = prepareProblemReply(error, request, reply);
    reply.type('application/json').send({ error: message, code });
  });
  app.setNotFoundHandler(notFound);

  app.get('/', { schema: schemas.server }, async () => ({
    name: 'digits',
    version: manifest.version,
    extensions: ['binary_tensor_data', 'classification'],
  }));
  app.get('/health/live', { schema: schemas.live }, async () => ({ live: true }));
  app.get('/health/ready', { schema: schemas.ready }, async () => {
    championOf(models);
    return { live: true, ready: true };
  });

  for (const path of ['/models/:name', '/models/:name/versions/:version']) {
    const params = schemas.paramsOf(path);
    app.get(path, { schema: { ...schemas.model, params } }, async request =>
      describeModel(servedChampion(request.params, models)),
    );
    app.get(`${path}/ready`, { schema: { ...schemas.modelReady, params } }, async request => {
      const { name } = referTo(servedChampion(request.params, models));
      return { name, ready: true };
    });
    app.post(
      `${path}/infer`,
      {
        schema: { ...schemas.inference, params },
        bodyLimit: maxBodyBytes,
      },
      async (request, reply) => {
        const champion = servedChampion(request.params, models);
        const jsonLength = request.headers['inference-header-content-length'];
        // Another request may be parsed in this turn already.
        await nextTurn();
        const body = bodyOf(request);
        const inferrable = await readInferenceRequest(body, jsonLength?.toString());
        const inference = await infer(batches, champion, inferrable.images);
        freeBody(body);
        await nextTurn();
        const answer = await encodeInferenceResponse(inferrable, inference, referTo(champion));
        if (answer.jsonLength === undefined) reply.type('application/json');
        else {
          reply.type('application/octet-stream');
          reply.header('inference-header-content-length', answer.jsonLength);
        }
        return reply.send(answer.body);
      },
    );
  }
};

/** Where binary data begins in the body, 0 if the header is no length: `readInferenceRequest` refuses that. */
function valuesStart({ headers }: FastifyRequest): number {
  const start = Number(headers['inference-header-content-length']);
  return Number.isSafeInteger(start) && start > 0 ? start : 0;
}

function bodyOf({ body }: { readonly body: unknown }): Buffer {
  if (Buffer.isBuffer(body)) return body;
  throw new Problem('bad-inference-request', 'The request has no body.');
}

/** @throws Problem `not-ready` or `unknown-model` */
function servedChampion(params: unknown, models: ModelStore): LoadedModel {
  const { name, version } = params as { readonly name: string; readonly version?: string };
  const champion = championOf(models);
  const served = referTo(champion);
  if (name === served.name && (version ?? served.version) === served.version) return champion;
  throw new Problem(
    'unknown-model',
    `The served model is ${served.name}, version ${served.version}.`,
  );
}

function describeModel(champion: LoadedModel) {
  const { name, version } = referTo(champion);
  return {
    name,
    versions: [version],
    platform: 'digits_safetensors',
    inputs: [
      {
        name: 'input',
        datatype: 'FP32',
        shape: [-1, networkInputs],
        parameters: { datatypes: datatypeNames, shapes: inputShapes },
      },
    ],
    outputs: outputNames.map(output => ({
      name: output,
      datatype: outputs[output].datatype,
      shape: outputs[output].shape(-1),
    })),
  };
}
