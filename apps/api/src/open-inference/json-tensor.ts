// Reads the array `data` of a JSON message in pieces, each in a turn of the event loop of its own.
// JSON.parse would block it for a fifth of a second with the largest tensor.

import { nextTurn } from '../next-turn.ts';
import { Problem } from '../problem.ts';
import { nextPiece, type Piece } from './next-piece.ts';
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
  const tensor: PartialTensor = { pieces: [], count: 0, inner: undefined };
  for (let from = start + 1; ; ) {
    const piece = nextPiece(json, from);
    readPiece(json, piece, tensor);
    if (piece.isLast) {
      const dimensions = [tensor.count, ...(tensor.inner ?? [])];
      return { dimensions, values: join(tensor.pieces), end: piece.end + 1 };
    }
    from = piece.end + 1;
    await nextTurn();
  }
}

interface PartialTensor {
  readonly pieces: Float32Array[];
  /** The elements of the outermost array so far. */
  count: number;
  /** The lengths of the first element, which are those of all. */
  inner: readonly number[] | undefined;
}

function readPiece(json: Buffer, { start, end, isLast }: Piece, tensor: PartialTensor): void {
  const elements = parseElements(json.subarray(start, end));
  // JSON.parse has not seen a comma beside the piece.
  const isEmptyArray = tensor.count === 0 && isLast;
  if (elements.length === 0 && !isEmptyArray) throw notJson();
  tensor.inner ??= lengthsOf(elements[0]);
  const { inner } = tensor;
  const stride = inner.reduce((product, length) => product * length, 1);
  tensor.count += elements.length;
  const maxCount = inner.length > 0 ? maxImages : maxTensorValues;
  if (tensor.count > maxCount || tensor.count * stride > maxTensorValues) throw tooManyImages();
  const values = new Float32Array(elements.length * stride);
  tensor.pieces.push(values);
  if (!fill(values, elements, [elements.length, ...inner], 0)) {
    throw badTensor('the data must be an array of numbers, flat or nested as the shape says');
  }
}

function join(pieces: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
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
