// What the documentation says of the routes under /v2.

import { Type } from 'typebox';
import type { ProblemCode } from '../problem.ts';
import * as schemas from '../schemas/inference.ts';
import { describeProblems } from '../schemas/problem.ts';

const tags = ['v2'];

/** In the protocol's own form, not as problem details. */
export function errors(...codes: readonly ProblemCode[]) {
  return describeProblems(codes, {
    contentType: 'application/json',
    schema: schemas.InferenceError,
    example: code => ({ error: 'What was wrong this time, and what to do.', code }),
  });
}

const name = Type.String({ description: '`digits` is the one there is.' });
const version = Type.String({ description: 'As `versions` of the model has it.' });
const Name = Type.Object({ name });
const NameAndVersion = Type.Object({ name, version });

export function paramsOf(path: string) {
  return path.includes(':version') ? NameAndVersion : Name;
}

export const server = {
  summary: 'What this server is',
  description: 'Its name, its version, and the extensions of the protocol that it speaks.',
  tags,
  response: { 200: { description: 'This.', ...schemas.ServerMetadata } },
};

export const live = {
  summary: 'Whether the server answers',
  description: 'For supervisors that speak this protocol; as `/health/live`, and as open.',
  tags,
  response: { 200: { description: 'It does.', ...schemas.ServerLiveness } },
};

export const ready = {
  summary: 'Whether a verified model is loaded',
  description: 'For supervisors that speak this protocol; as `/health/ready`, and as open.',
  tags,
  response: { 200: { description: 'It is.', ...schemas.ServerReadiness }, ...errors('not-ready') },
};

export const model = {
  summary: 'The inputs and outputs of the model',
  description: 'Their names, types and shapes; -1 stands for any number of images.',
  tags,
  response: {
    200: { description: 'These.', ...schemas.ModelMetadata },
    ...errors('unknown-model', 'not-ready'),
  },
};

export const modelReady = {
  summary: 'Whether this model is served',
  description: 'By its name alone, or by name and version.',
  tags,
  response: {
    200: { description: 'It is.', ...schemas.ModelReadiness },
    ...errors('unknown-model', 'not-ready'),
  },
};

export const inference = {
  summary: 'Probabilities and digits of many images at once',
  description:
    'One input, `input`, FP32, of shape [n, 784], [n, 28, 28] or [n, 1, 28, 28], n up to 4096: ' +
    'ink from 0 to 1, as preprocessing makes it. `data` is flat or nested, or binary behind the ' +
    'JSON (`Inference-Header-Content-Length`, `binary_data_size`). Outputs: `probabilities`, FP32 ' +
    '[n, 10], and `digit`, INT64 [n].',
  tags,
  body: {
    content: {
      'application/json': { schema: schemas.InferenceRequest },
      'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
    },
  },
  response: {
    200: {
      description: 'The outputs that were asked for, or all.',
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
