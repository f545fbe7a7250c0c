// Encodes the response to an inference request: JSON, followed by the outputs requested as binary.

import type { ModelReference } from '@digits/protocol';
import { classificationOutput } from './classification.ts';
import type { InferenceResult } from './infer.ts';
import { outputs } from './outputs.ts';
import type { ParsedInferenceRequest } from './request.ts';
import type { RequestedOutput } from './requested-outputs.ts';

export interface EncodedResponse {
  readonly body: Buffer;
  /** Length of the JSON, where binary data follows it. */
  readonly jsonLength: number | undefined;
}

export async function encodeInferenceResponse(
  { id, outputs: requested }: ParsedInferenceRequest,
  inference: InferenceResult,
  { name, version }: ModelReference,
): Promise<EncodedResponse> {
  const encoded: EncodedOutput[] = [];
  for (const output of requested) encoded.push(await encode(output, inference));
  const json = Buffer.from(
    JSON.stringify({
      model_name: name,
      model_version: version,
      id,
      outputs: encoded.map(({ description }) => description),
    }),
  );
  const binary = encoded.flatMap(({ bytes }) => bytes ?? []);
  if (binary.length === 0) return { body: json, jsonLength: undefined };
  return { body: Buffer.concat([json, ...binary]), jsonLength: json.length };
}

interface EncodedOutput {
  /** The output in the JSON. */
  readonly description: object;
  /** The values, where they follow the JSON. */
  readonly bytes: Buffer | undefined;
}

async function encode(
  { name, isBinary, classes }: RequestedOutput,
  inference: InferenceResult,
): Promise<EncodedOutput> {
  const output = classes === undefined ? outputs[name] : classificationOutput(classes);
  const bytes = isBinary ? await output.bytes(inference) : undefined;
  const content = bytes
    ? { parameters: { binary_data_size: bytes.length } }
    : { data: await output.data(inference) };
  const shape = output.shape(inference.count);
  return { description: { name, datatype: output.datatype, shape, ...content }, bytes };
}
