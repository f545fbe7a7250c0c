// Parses the JSON of an inference request: its description by JSON.parse, its tensor in pieces.

import Value from 'typebox/value';
import { Problem } from '../problem.ts';
import { InferenceRequest } from '../schemas/inference.ts';
import { findTensor } from './find-tensor.ts';
import { type JsonTensor, readJsonTensor } from './json-tensor.ts';

export interface InferenceMessage {
  readonly request: InferenceRequest;
  /** `data` of the input, where it is an array; it is null in the request. */
  readonly tensor: JsonTensor | undefined;
}

/**
 * Enough for names, shapes and parameters. What is done with the description takes time that grows
 * with it, and cannot be interrupted.
 */
const maxDescriptionBytes = 16 * 1024;

/** @throws Problem `bad-inference-request`, or as `readJsonTensor` does */
export async function readMessage(json: Buffer): Promise<InferenceMessage> {
  const start = findTensor(json.subarray(0, maxDescriptionBytes));
  if (start === undefined) return { request: readDescription([json]), tensor: undefined };
  const tensor = await readJsonTensor(json, start);
  const description = [json.subarray(0, start), noTensor, json.subarray(tensor.end)];
  return { request: readDescription(description), tensor };
}

const noTensor = Buffer.from('null');

function readDescription(parts: readonly Buffer[]): InferenceRequest {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > maxDescriptionBytes) {
    throw malformed(
      `it has more than ${maxDescriptionBytes} bytes outside the array "data" of its input`,
    );
  }
  const request = parse(Buffer.concat(parts).toString());
  if (Value.Check(InferenceRequest, request)) return request;
  const [error] = Value.Errors(InferenceRequest, request);
  throw malformed(`${error?.instancePath || 'the body'} ${plain(error?.message ?? 'is invalid')}`);
}

/** Corrects the English of TypeBox: "must be object", "must have required properties inputs". */
function plain(message: string): string {
  return message
    .replace(' required properties', '')
    .replace(/ be (?=array|integer|object)/, ' be an ')
    .replace(/ be (?=boolean|number|string)/, ' be a ');
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw malformed('the body is not JSON', cause);
  }
}

function malformed(what: string, cause?: unknown): Problem {
  return new Problem('bad-inference-request', `The request cannot be read: ${what}.`, { cause });
}
