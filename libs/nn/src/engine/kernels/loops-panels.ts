// The products with a factor in panels, as plain loops.

import {
  type Activation,
  type Kernels,
  type ListProductShape,
  type ListShape,
  type Lists,
  listLength,
  panelColumns,
} from './kernels.ts';

export const loopPanelKernels = {
  packPanels,
  unpackPanels,
  packTransposedPanels,
  listRows,
  transposeLists,
  multiplyLists,
  sumRows,
} satisfies Partial<Kernels>;

function packPanels(
  panels: Float32Array, // [⌈columns / 32⌉, capacity, 32]
  matrix: Float32Array, // [rows, columns]
  { rows, columns, capacity }: { rows: number; columns: number; capacity: number },
): void {
  const padded = Math.ceil(columns / panelColumns) * panelColumns;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < padded; column++) {
      const value = column < columns ? matrix[row * columns + column]! : 0;
      panels[placeOf(row, column, capacity)] = value;
    }
  }
}

function unpackPanels(
  matrix: Float32Array, // [rows, columns]
  panels: Float32Array, // [⌈columns / 32⌉, capacity, 32]
  { rows, columns, capacity }: { rows: number; columns: number; capacity: number },
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      matrix[row * columns + column] = panels[placeOf(row, column, capacity)]!;
    }
  }
}

function packTransposedPanels(
  panels: Float32Array, // [⌈all rows / 32⌉, capacity, 32]
  matrix: Float32Array, // [rows, columns]
  shape: { rows: number; columns: number; from: number; capacity: number },
): void {
  const { rows, columns, from, capacity } = shape;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      panels[placeOf(column, from + row, capacity)] = matrix[row * columns + column]!;
    }
  }
}

/** A list here: how many entries, then for each its value and its step in the segment. */
function listAt({ values, capacity, segment }: Lists, step: number, row: number): Float32Array {
  const length = listLength(segment);
  const at = (Math.floor(step / segment) * capacity + row) * length;
  return values.subarray(at, at + length);
}

function append(list: Float32Array, value: number, step: number): void {
  const count = list[0]!;
  list[1 + 2 * count] = value;
  list[2 + 2 * count] = step;
  list[0] = count + 1;
}

function listRows(
  lists: Lists,
  matrix: Float32Array, // [strips, length, width]
  { width, length, from, rows, first, last }: ListShape,
): void {
  for (let row = from; row < from + rows; row++) {
    for (let k = first; k < last; k++) {
      const list = listAt(lists, k, row);
      const step = k % lists.segment;
      if (step === 0) list[0] = 0;
      const value = matrix[(Math.floor(k / width) * length + row) * width + (k % width)]!;
      if (value !== 0) append(list, value, step);
    }
  }
}

function transposeLists(
  columns: Lists,
  lists: Lists,
  { rows, first, last }: { rows: number; first: number; last: number },
): void {
  for (let row = 0; row < rows; row++) {
    const step = row % columns.segment;
    for (let k = first; k < last && step === 0; k++) listAt(columns, row, k)[0] = 0;
    for (let k = first; k < last; k += lists.segment) {
      const list = listAt(lists, k, row);
      for (let i = 1; i < 1 + 2 * list[0]!; i += 2) {
        append(listAt(columns, row, k + list[i + 1]!), list[i]!, step);
      }
    }
  }
}

function multiplyLists(
  output: Float32Array,
  lists: Lists,
  panels: Float32Array, // [strips, length, 32]
  bias: Float32Array | null, // [strips, 32]
  { from, rows, steps, strips, length, rowGap, stripGap }: ListProductShape,
  activation: Activation,
): void {
  for (let strip = 0; strip < strips; strip++) {
    for (let row = 0; row < rows; row++) {
      const at = row * rowGap + strip * stripGap;
      const sums = output.subarray(at, at + panelColumns);
      for (let n = 0; n < panelColumns; n++) {
        sums[n] = bias ? bias[strip * panelColumns + n]! : 0;
      }
      for (let k = 0; k < steps; k += lists.segment) {
        const list = listAt(lists, k, from + row);
        for (let i = 1; i < 1 + 2 * list[0]!; i += 2) {
          const panelRow = strip * length + k + list[i + 1]!;
          addScaled(sums, 0, panels, panelRow * panelColumns, list[i]!, panelColumns);
        }
      }
      if (activation !== 'relu') continue;
      for (let n = 0; n < panelColumns; n++) if (sums[n]! < 0) sums[n] = 0;
    }
  }
}

function sumRows(
  sums: Float32Array, // [N]
  values: Float32Array, // [M, N]
  { M, N }: { M: number; N: number },
): void {
  sums.fill(0);
  for (let m = 0; m < M; m++) addScaled(sums, 0, values, m * N, 1, N);
}

function placeOf(row: number, column: number, capacity: number): number {
  const strip = Math.floor(column / panelColumns);
  return (strip * capacity + row) * panelColumns + (column % panelColumns);
}

/** target[at … at + length) += scale · source[from … from + length) */
export function addScaled(
  target: Float32Array,
  at: number,
  source: Float32Array,
  from: number,
  scale: number,
  length: number,
): void {
  for (let n = 0; n < length; n++) target[at + n]! += scale * source[from + n]!;
}
