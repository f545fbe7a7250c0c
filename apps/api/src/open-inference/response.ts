// Encodes the response to an inference request: JSON, followed by the outputs requested as binary.

import type { ModelReference } from '@digits/protocol';
import type { InferenceResult } from './infer.ts';
import { outputs } from './outputs.ts';
import type { ParsedInferenceRequest, RequestedOutput } from './request.ts';

export interface EncodedResponse {
  readonly body: Buffer;
  /** Length of the JSON, where binary data follows it. */
  readonly jsonLength: number | undefined;
}

export function encodeInferenceResponse(
  { id, outputs: requested }: ParsedInferenceRequest,
  inference: InferenceResult,
  { name, version }: ModelReference,
): EncodedResponse {
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
  if (binary.length === 0) return { body: json, jsonLength: undefined };
  return { body: Buffer.concat([json, ...binary]), jsonLength: json.length };
}

function describe({ name, isBinary }: RequestedOutput, inference: InferenceResult) {
  const output = outputs[name];
  const content = isBinary
    ? { parameters: { binary_data_size: output.bytes(inference).length } }
    : { data: output.data(inference) };
  return { name, datatype: output.datatype, shape: output.shape(inference.count), ...content };
}
