// Parses the JSON of an inference request, with bounds on what JSON.parse may allocate.

import Value from 'typebox/value';
import { Problem } from '../problem.ts';
import { InferenceRequest } from '../schemas/inference.ts';
import { maxImages, maxTensorArrays, maxTensorValues } from './tensor.ts';

/**
 * JSON.parse allocates up to sixty bytes for one byte of brackets. Above this size a message may
 * have no more structure than the largest tensor and its description need.
 */
const maxUncheckedBytes = 256 * 1024;

/** Enough for names, shapes and parameters beside the tensor. */
const maxDescriptionTokens = 20_000;

/** @throws Problem `bad-inference-request` */
export function readMessage(json: Buffer): InferenceRequest {
  if (json.length > maxUncheckedBytes) checkStructure(json);
  const request = parse(json);
  if (Value.Check(InferenceRequest, request)) return request;
  const [error] = Value.Errors(InferenceRequest, request);
  throw malformed(`${error?.instancePath || 'the body'} ${error?.message ?? 'is invalid'}`);
}

const [comma, quote, openBracket, openBrace] = [0x2c, 0x22, 0x5b, 0x7b];

/** Counts the bytes that make JSON.parse allocate, inside strings too. */
function checkStructure(json: Buffer): void {
  let [commas, quotes, openings] = [0, 0, 0];
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (byte === comma) commas++;
    else if (byte === quote) quotes++;
    else if (byte === openBracket || byte === openBrace) openings++;
  }
  if (
    commas > maxTensorValues + maxDescriptionTokens ||
    openings > maxTensorArrays + maxDescriptionTokens ||
    quotes > maxDescriptionTokens
  ) {
    throw malformed(`"data" must be one array of numbers, for at most ${maxImages} images`);
  }
}

function parse(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString());
  } catch (cause) {
    throw malformed('the body is not JSON', cause);
  }
}

function malformed(what: string, cause?: unknown): Problem {
  return new Problem('bad-inference-request', `The request cannot be read: ${what}.`, { cause });
}
