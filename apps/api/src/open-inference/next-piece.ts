// Cuts a JSON array of numbers, flat or nested, into pieces that JSON.parse reads quickly.

import { badTensor, maxDimensions } from './tensor.ts';

/** Elements of the outermost array: the bytes between two of its commas or brackets. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly isLast: boolean;
}

/** JSON.parse takes some two milliseconds for it. */
const pieceBytes = 128 * 1024;

/** An image with each number on a line of its own takes a quarter of it. */
const maxElementBytes = 128 * 1024;

/** Many times the digits of a float64. */
const maxNumberBytes = 128;

// Zero is every other byte.
const [ofNumber, space, comma, opening, closing] = [1, 2, 3, 4, 5];

const kinds = new Uint8Array(256);
for (const [kind, bytes] of [
  [ofNumber, '0123456789+-.eE'],
  [space, ' \t\r\n'],
  [comma, ','],
  [opening, '['],
  [closing, ']'],
] as const) {
  for (const byte of Buffer.from(bytes)) kinds[byte] = kind;
}

/**
 * The piece of the array that starts here. Stops at the first byte that no array of numbers has, so
 * that JSON.parse allocates numbers only.
 *
 * @param start the index after the array's opening bracket, or after the piece before and its comma
 * @throws Problem `bad-tensor`
 */
export function nextPiece(json: Buffer, start: number): Piece {
  let depth = 1;
  for (let at = endOfNumber(json, start); at < json.length; at = endOfNumber(json, at + 1)) {
    const kind = kinds[json[at]!];
    if (kind === comma) {
      if (depth === 1 && at - start >= pieceBytes) return { start, end: at, isLast: false };
    } else if (kind === opening) {
      if (++depth > maxDimensions) throw badTensor('the data has too many levels');
    } else if (kind === closing) {
      if (--depth === 0) return { start, end: at, isLast: true };
    } else if (kind !== space) throw badTensor('the data must be an array of numbers');
    if (at - start > pieceBytes + maxElementBytes) throw badTensor('an image has too many bytes');
  }
  throw badTensor('the array is not closed');
}

/** @returns the index after a number that starts here; the index itself if there is none */
function endOfNumber(json: Buffer, start: number): number {
  const limit = Math.min(start + maxNumberBytes + 1, json.length);
  let at = start;
  while (at < limit && kinds[json[at]!] === ofNumber) at++;
  if (at - start > maxNumberBytes) throw badTensor('a number has too many digits');
  return at;
}
