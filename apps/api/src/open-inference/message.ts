// The JSON of an inference request, with the numbers of its tensor beside it.

import Value from 'typebox/value';
import { Problem } from '../problem.ts';
import { InferenceRequest } from '../schemas/inference.ts';
import { type NumberArray, scanNumberArray } from './number-array.ts';

export interface Message {
  readonly request: InferenceRequest;
  /** `data` of the first input, where it was read on the way; null where it is still in `request`. */
  readonly numbers: NumberArray | null;
}

/**
 * JSON.parse makes up to sixty bytes in memory of one byte of brackets, so it gets only what is
 * small: all of a message but its numbers, or a message with something unusual about it.
 */
const maxParsedBytes = 256 * 1024;

/** @throws Problem `bad-inference-request` */
export function readMessage(json: Buffer, maxValues: number): Message {
  const message = readQuickly(json, maxValues);
  if (message) return message;
  const request = parse(json);
  if (Value.Check(InferenceRequest, request)) return { request, numbers: null };
  const [mistake] = Value.Errors(InferenceRequest, request);
  throw malformed(`${mistake?.instancePath || 'the body'} ${mistake?.message ?? 'is wrong'}`);
}

/**
 * Cuts the one array called "data" out of the message and reads it apart.
 *
 * @returns null where it cannot be sure that JSON.parse would find the same
 */
function readQuickly(json: Buffer, maxValues: number): Message | null {
  const key = json.indexOf('"data"');
  if (key < 1 || json[key - 1] === 0x5c) return null;
  const start = json.indexOf('[', key);
  if (
    start < 0 ||
    !/^"data"\s*:\s*$/.test(json.toString('latin1', key, Math.min(start, key + 99)))
  ) {
    return null;
  }
  const numbers = scanNumberArray(json, start, maxValues);
  if (!numbers || json.indexOf('"data"', numbers.end) >= 0) return null;
  const rest = Buffer.concat([
    json.subarray(0, start),
    Buffer.from('null'),
    json.subarray(numbers.end),
  ]);
  // An escaped letter could hide another "data".
  if (rest.length > maxParsedBytes || rest.includes('\\u')) return null;
  const request = parse(rest);
  if (!Value.Check(InferenceRequest, request)) return null;
  return request.inputs[0]?.data === null ? { request, numbers } : null;
}

function parse(json: Buffer): unknown {
  if (json.length > maxParsedBytes) {
    throw malformed('"data" must be one array of numbers, as many as the shape says');
  }
  try {
    return JSON.parse(json.toString());
  } catch (cause) {
    throw malformed('the body is not JSON', cause);
  }
}

function malformed(what: string, cause?: unknown): Problem {
  return new Problem('bad-inference-request', `The request cannot be read: ${what}.`, { cause });
}
