// Parses an inference request: JSON, or JSON followed by binary tensor data, as in Triton's extension
// (https://github.com/triton-inference-server/server, docs/protocol/extension_binary_data.md).

import { networkInputs } from '@digits/nn';
import { Problem } from '../problem.ts';
import type { InferenceRequest } from '../schemas/inference.ts';
import { datatypeOf, toInk } from './datatypes.ts';
import type { JsonTensor } from './json-tensor.ts';
import { readMessage } from './message.ts';
import { type RequestedOutput, readOutputs, refuseSharedMemory } from './requested-outputs.ts';
import { badTensor, checkDimensions, countImages } from './tensor.ts';

export interface ParsedInferenceRequest {
  readonly id: string | undefined;
  readonly count: number;
  /** [count, 784]; may be a view of the request's body */
  readonly images: Float32Array;
  readonly outputs: readonly RequestedOutput[];
}

/**
 * @param jsonLength the header Inference-Header-Content-Length, where binary data follows the JSON
 * @throws Problem `bad-inference-request`, `bad-tensor`, `too-many-images` or `unknown-output`
 */
export async function readInferenceRequest(
  body: Buffer,
  jsonLength: string | undefined,
): Promise<ParsedInferenceRequest> {
  const length = readLength(body, jsonLength);
  const { request, tensor } = await readMessage(body.subarray(0, length));
  const input = readInput(request);
  const datatype = datatypeOf(input.datatype);
  const count = countImages(input.shape);
  const outputs = readOutputs(request);
  const binarySize = input.parameters?.['binary_data_size'];
  const binary = body.subarray(length);
  if (binarySize !== undefined) {
    if (tensor !== undefined) throw badTensor('there is both "data" and "binary_data_size"');
    checkBinarySize(count * networkInputs * datatype.bytesPerValue, binarySize, binary.length);
  }
  const values =
    binarySize === undefined
      ? jsonValues(tensor, input.shape, binary.length)
      : datatype.view(binary);
  return { id: request.id, count, images: await toInk(values, datatype), outputs };
}

function readInput({ inputs }: InferenceRequest): InferenceRequest['inputs'][number] {
  const [input] = inputs;
  if (!input || inputs.length > 1)
    throw badTensor(`the model takes one input, not ${inputs.length}`);
  if (input.name !== 'input') {
    throw badTensor(`the input is named "input", not ${JSON.stringify(input.name.slice(0, 40))}`);
  }
  refuseSharedMemory(input.parameters);
  return input;
}

function readLength(body: Buffer, header: string | undefined): number {
  if (header === undefined) return body.length;
  const length = Number(header);
  if (/^\d{1,9}$/.test(header) && length <= body.length) return length;
  throw new Problem(
    'bad-inference-request',
    'Inference-Header-Content-Length must be the length of the JSON before the binary data.',
  );
}

function jsonValues(
  tensor: JsonTensor | undefined,
  shape: readonly number[],
  binaryBytes: number,
): Float32Array {
  if (binaryBytes > 0) throw badTensor('there is binary data, but no "binary_data_size"');
  if (tensor === undefined) throw badTensor('the data must be an array of numbers');
  checkDimensions(tensor.dimensions, shape);
  return tensor.values;
}

function checkBinarySize(expected: number, declared: unknown, sent: number): void {
  if (declared === expected && sent === expected) return;
  throw badTensor(
    `the shape needs ${expected} bytes, as "binary_data_size" and after the JSON; ${sent} were sent`,
  );
}
