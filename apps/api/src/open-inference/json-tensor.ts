// Reads the array `data` of a JSON message in pieces, each in a turn of the event loop of its own.
// JSON.parse would block it for a fifth of a second with the largest tensor.

import { nextTurn } from '../next-turn.ts';
import { Problem } from '../problem.ts';
import { splitElements } from './split-elements.ts';
import { badTensor, fill, lengthsOf, maxImages, maxTensorValues, tooManyImages } from './tensor.ts';

export interface JsonTensor {
  /** The lengths from the outermost array in. */
  readonly dimensions: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
  /** The index after the array in the JSON. */
  readonly end: number;
}

/**
 * @param start the index of the opening bracket
 * @throws Problem `bad-inference-request`, `bad-tensor` or `too-many-images`
 */
export async function readJsonTensor(json: Buffer, start: number): Promise<JsonTensor> {
  // A value takes two bytes or more. Memory that no value is written to costs nothing.
  const values = new Float32Array(Math.min(maxTensorValues, (json.length - start) >> 1));
  let count = 0;
  let inner: readonly number[] | undefined;
  for (const piece of splitElements(json, start)) {
    const elements = parseElements(json.subarray(piece.start, piece.end));
    // JSON.parse has not seen a comma beside the piece.
    const isEmptyArray = count === 0 && piece.isLast;
    if (elements.length === 0 && !isEmptyArray) throw notJson();
    inner ??= lengthsOf(elements[0]);
    const stride = inner.reduce((product, length) => product * length, 1);
    const from = count * stride;
    count += elements.length;
    const maxCount = inner.length > 0 ? maxImages : maxTensorValues;
    if (count > maxCount || count * stride > maxTensorValues) throw tooManyImages();
    if (!fill(values, elements, [elements.length, ...inner], from)) {
      throw badTensor('the data must be an array of numbers, flat or nested as the shape says');
    }
    if (piece.isLast) {
      const dimensions = [count, ...inner];
      return { dimensions, values: values.subarray(0, count * stride), end: piece.end + 1 };
    }
    await nextTurn();
  }
  throw notJson();
}

function parseElements(bytes: Buffer): unknown[] {
  try {
    return JSON.parse(`[${bytes.toString('latin1')}]`);
  } catch (cause) {
    throw notJson(cause);
  }
}

function notJson(cause?: unknown): Problem {
  const detail = 'The request cannot be read: the body is not JSON.';
  return new Problem('bad-inference-request', detail, { cause });
}
