// Inputs of a network as programs have them: rows of numbers, or one array of all rows.

import { NnError, quoted } from './errors.ts';

/**
 * Inputs of a network: rows of numbers, `[[0.1, 2], [0.4, 1]]`, or all rows one after the other in one
 * Float32Array, `[rows, size]`. Numbers are used as they are; a network learns best from values within about
 * −1…1, so scale what is larger.
 */
export type InputRows = Float32Array | readonly ArrayLike<number>[];

/**
 * All rows in one array.
 *
 * @param size numbers in a row
 * @returns [rows, size]; of a Float32Array the same one
 * @throws NnError `invalid-options` for what is not rows; `data-mismatch` if a row has another size;
 * `data-corrupt` for what is not a number, NaN, ±Infinity, and numbers beyond float32
 */
export function matrixOf(inputs: InputRows, size: number): Float32Array {
  expectRows(inputs);
  const matrix = inputs instanceof Float32Array ? inputs : joinRows(inputs, size);
  if (matrix.length % size !== 0) {
    throw new NnError(
      'data-mismatch',
      `${matrix.length} numbers are not rows of ${size}: expected a multiple of ${size}`,
    );
  }
  const at = matrix.findIndex(value => !Number.isFinite(value));
  if (at === -1) return matrix;
  const position = `row ${Math.floor(at / size)}, column ${at % size}`;
  throw new NnError('data-corrupt', `${position} is ${matrix[at]}: expected a finite number`);
}

/** @throws NnError `invalid-options` for a caller without types that gives something else, or nothing */
export function expectRows(inputs: InputRows): void {
  if (inputs instanceof Float32Array || Array.isArray(inputs)) return;
  throw new NnError(
    'invalid-options',
    `inputs are ${quoted(inputs)}: expected an array of rows, [[0.1, 2], [0.4, 1]], or a Float32Array`,
  );
}

function joinRows(rows: readonly ArrayLike<number>[], size: number): Float32Array {
  const matrix = new Float32Array(rows.length * size);
  for (const [i, row] of rows.entries()) {
    if (row?.length !== size) {
      throw new NnError(
        'data-mismatch',
        `row ${i} has ${row?.length ?? 'no'} numbers: expected ${size}`,
      );
    }
    for (let k = 0; k < size; k++) {
      const value: unknown = row[k];
      if (typeof value !== 'number') {
        throw new NnError(
          'data-corrupt',
          `row ${i}, column ${k} is ${quoted(value)}: expected a number`,
        );
      }
      matrix[i * size + k] = value;
    }
  }
  return matrix;
}
