// Parses an inference request: JSON, or JSON followed by binary tensor data, as in Triton's extension
// (https://github.com/triton-inference-server/server, docs/protocol/extension_binary_data.md).

import { networkInputs } from '@digits/nn';
import { Problem } from '../problem.ts';
import type { InferenceRequest } from '../schemas/inference.ts';
import type { JsonTensor } from './json-tensor.ts';
import { readMessage } from './message.ts';
import { type OutputName, outputNames } from './outputs.ts';
import { badTensor, checkDimensions, checkValues, countImages } from './tensor.ts';

export interface RequestedOutput {
  readonly name: OutputName;
  readonly isBinary: boolean;
}

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
  const [input, ...others] = request.inputs;
  if (!input || others.length > 0 || input.name !== 'input' || input.datatype !== 'FP32') {
    throw badTensor('the model takes one input, "input", of datatype FP32');
  }
  const count = countImages(input.shape);
  const binarySize = input.parameters?.['binary_data_size'];
  const images =
    binarySize === undefined
      ? jsonValues(tensor, input.shape, body.length - length)
      : binaryTensor(body, length, count, binarySize);
  checkValues(images);
  return { id: request.id, count, images, outputs: readOutputs(request) };
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

/** Little-endian, as the extension specifies and all supported machines are. */
function binaryTensor(
  body: Buffer,
  start: number,
  count: number,
  declaredBytes: unknown,
): Float32Array {
  const size = count * networkInputs;
  if (declaredBytes !== size * 4 || body.length - start !== size * 4) {
    throw badTensor(
      `the shape needs ${size * 4} bytes, as "binary_data_size" and after the JSON; ` +
        `${body.length - start} were sent`,
    );
  }
  const isAligned = (body.byteOffset + start) % 4 === 0;
  const bytes = isAligned ? body.subarray(start) : new Uint8Array(body.subarray(start));
  return new Float32Array(bytes.buffer, bytes.byteOffset, size);
}

function readOutputs({ outputs = [], parameters }: InferenceRequest): RequestedOutput[] {
  const areBinary = parameters?.['binary_data_output'] === true;
  if (outputs.length === 0) return outputNames.map(name => ({ name, isBinary: areBinary }));
  const requested = outputs.map(output => {
    const name = outputNames.find(known => known === output.name);
    if (!name) {
      throw new Problem('unknown-output', `The outputs are ${outputNames.join(' and ')}.`);
    }
    const binary = output.parameters?.['binary_data'];
    return { name, isBinary: typeof binary === 'boolean' ? binary : areBinary };
  });
  if (new Set(requested.map(({ name }) => name)).size === requested.length) return requested;
  throw new Problem('bad-inference-request', 'Request each output once.');
}
