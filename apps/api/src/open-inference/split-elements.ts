// Splits a JSON array of numbers, flat or nested, into pieces that JSON.parse reads quickly.

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

const [invalid, ofNumber, space, comma, opening, closing] = [0, 1, 2, 3, 4, 5];

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
 * Stops at the first byte that no array of numbers has, so that JSON.parse allocates numbers only.
 *
 * @param start the index of the opening bracket
 * @returns an iterator whose last piece ends at the closing bracket
 * @throws Problem `bad-tensor`
 */
export function* splitElements(json: Buffer, start: number): Generator<Piece, undefined> {
  let depth = 1;
  let pieceStart = start + 1;
  let numberBytes = 0;
  for (let at = start + 1; at < json.length; at++) {
    const kind = kinds[json[at]!];
    if (kind === ofNumber) {
      if (++numberBytes > maxNumberBytes) throw badTensor('a number has too many digits');
      continue;
    }
    numberBytes = 0;
    if (kind === invalid) throw badTensor('the data must be an array of numbers');
    if (kind === opening && ++depth > maxDimensions)
      throw badTensor('the data has too many levels');
    if (kind === closing && --depth === 0) {
      yield { start: pieceStart, end: at, isLast: true };
      return;
    }
    const length = at - pieceStart;
    if (length < pieceBytes) continue;
    if (kind === comma && depth === 1) {
      yield { start: pieceStart, end: at, isLast: false };
      pieceStart = at + 1;
    } else if (length > pieceBytes + maxElementBytes)
      throw badTensor('an image has too many bytes');
  }
  throw badTensor('the array is not closed');
}
