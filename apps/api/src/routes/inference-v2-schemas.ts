// Schemas of the routes under /v2, for their documentation.

import { Type } from 'typebox';
import type { ProblemCode } from '../problem.ts';
import * as schemas from '../schemas/inference.ts';
import { describeProblems } from '../schemas/problem.ts';

const tags = ['v2'];

/** Errors in the protocol's own form, not as problem details. */
export function errors(...codes: readonly ProblemCode[]) {
  return describeProblems(codes, {
    contentType: 'application/json',
    schema: schemas.InferenceError,
    example: code => ({ error: 'What was wrong this time, and what to do about it.', code }),
  });
}

const name = Type.String({ description: 'The only model is `digits`.' });
const version = Type.String({ description: 'One of the `versions` of the model.' });
const Name = Type.Object({ name });
const NameAndVersion = Type.Object({ name, version });

export function paramsOf(path: string) {
  return path.includes(':version') ? NameAndVersion : Name;
}

export const server = {
  summary: 'Server metadata',
  description: 'Its name, its version, and the supported extensions of the protocol.',
  tags,
  response: { 200: { description: 'The metadata.', ...schemas.ServerMetadata } },
};

export const live = {
  summary: 'Whether the server is live',
  description: 'The liveness probe of this protocol; like `/health/live`, it needs no key.',
  tags,
  response: { 200: { description: 'It is live.', ...schemas.ServerLiveness } },
};

export const ready = {
  summary: 'Whether the server is ready',
  description: 'The readiness probe of this protocol; like `/health/ready`, it needs no key.',
  tags,
  response: {
    200: { description: 'It is ready.', ...schemas.ServerReadiness },
    ...errors('not-ready'),
  },
};

export const model = {
  summary: 'The inputs and outputs of the model',
  description: 'Their names, types and shapes; -1 stands for any number of images.',
  tags,
  response: {
    200: { description: 'The model metadata.', ...schemas.ModelMetadata },
    ...errors('unknown-model', 'not-ready'),
  },
};

export const modelReady = {
  summary: 'Whether this model is served',
  description: 'By its name, or by name and version.',
  tags,
  response: {
    200: { description: 'It is ready.', ...schemas.ModelReadiness },
    ...errors('unknown-model', 'not-ready'),
  },
};

export const inference = {
  summary: 'Classify many images at once',
  description:
    'One input, `input`, of shape [n, 784], [n, 28, 28], [n, 28, 28, 1] or [n, 1, 28, 28], n up to 4096: ' +
    'ink, as preprocessed, from 0 to 1 as FP32 or FP64, or from 0 to 255 as UINT8. `data` is flat or ' +
    'nested, or binary after the JSON (`Inference-Header-Content-Length`, `binary_data_size`); the ' +
    'JSON without `data` has at most 16 KiB. Outputs: `probabilities`, FP32 [n, 10], and `digit`, INT64 [n]. ' +
    'With the parameter `classification`: k, the output `probabilities` is BYTES [n, k] instead: ' +
    '"score:index:label" of the k most probable digits.',
  tags,
  body: {
    content: {
      'application/json': { schema: schemas.InferenceRequest },
      'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
    },
  },
  response: {
    200: {
      description: 'The requested outputs, by default all.',
      content: {
        'application/json': { schema: schemas.InferenceResponse },
        'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
      },
    },
    ...errors(
      'bad-inference-request',
      'bad-tensor',
      'unknown-output',
      'unknown-model',
      'too-many-images',
      'file-too-large',
      'unsupported-content-type',
      'not-ready',
    ),
  },
};
