// The answer to an inference request: JSON, and behind it the outputs that are wanted as bytes.

import type { ModelReference } from '../schemas/model.ts';
import type { Inference } from './infer.ts';
import { outputs } from './outputs.ts';
import type { Inferrable, RequestedOutput } from './request.ts';

export interface InferenceAnswer {
  readonly body: Buffer;
  /** Of the JSON, where bytes follow it. */
  readonly jsonLength: number | null;
}

export function answerInference(
  { id, outputs: requested }: Inferrable,
  inference: Inference,
  { name, version }: ModelReference,
): InferenceAnswer {
  const json = Buffer.from(
    JSON.stringify({
      model_name: name,
      model_version: version,
      id,
      outputs: requested.map(output => describe(output, inference)),
    }),
  );
  const binary = requested
    .filter(({ isBinary }) => isBinary)
    .map(output => outputs[output.name].bytes(inference));
  if (binary.length === 0) return { body: json, jsonLength: null };
  return { body: Buffer.concat([json, ...binary]), jsonLength: json.length };
}

function describe({ name, isBinary }: RequestedOutput, inference: Inference) {
  const output = outputs[name];
  const content = isBinary
    ? { parameters: { binary_data_size: output.bytes(inference).length } }
    : { data: output.data(inference) };
  return { name, datatype: output.datatype, shape: output.shape(inference.count), ...content };
}
