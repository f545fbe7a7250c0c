// The products with a factor in panels, as plain loops.
import { type Activation, type DenseShape, type Kernels, panelColumns } from './kernels.ts';

export const loopPanelKernels = {
  packPanels,
  packTransposedPanels,
  multiplyRows,
  multiplyColumns,
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

function packTransposedPanels(
  panels: Float32Array, // [⌈all rows / 32⌉, columns, 32]
  matrix: Float32Array, // [rows, columns]
  { rows, columns, from }: { rows: number; columns: number; from: number },
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      panels[placeOf(column, from + row, columns)] = matrix[row * columns + column]!;
    }
  }
}

function multiplyRows(
  output: Float32Array, // [M, N]
  input: Float32Array, // [M, K]
  panels: Float32Array, // [⌈N / 32⌉, K, 32]
  bias: Float32Array | null, // [N]
  { M, K, N }: DenseShape,
  activation: Activation,
): void {
  for (let m = 0; m < M; m++) {
    const row = m * N;
    for (let n = 0; n < N; n++) output[row + n] = bias ? bias[n]! : 0;
    for (let k = 0; k < K; k++) {
      const x = input[m * K + k]!;
      if (x !== 0) addPanelRow(output, row, panels, k, x, N, K);
    }
    if (activation === 'relu') {
      for (let n = 0; n < N; n++) if (output[row + n]! < 0) output[row + n] = 0;
    }
  }
}

function multiplyColumns(
  output: Float32Array, // [count, N]
  input: Float32Array, // [M, K]
  panels: Float32Array, // [⌈N / 32⌉, capacity, 32]
  { M, K, N, count, capacity }: DenseShape & { count: number; capacity: number },
): void {
  output.fill(0, 0, count * N);
  for (let m = 0; m < M; m++) {
    for (let i = 0; i < count; i++) {
      const x = input[m * K + i]!;
      if (x !== 0) addPanelRow(output, i * N, panels, m, x, N, capacity);
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

/** target[at … at + N) += scale · one row of a matrix in panels */
function addPanelRow(
  target: Float32Array,
  at: number,
  panels: Float32Array,
  row: number,
  scale: number,
  N: number,
  capacity: number,
): void {
  for (let n = 0; n < N; n += panelColumns) {
    const length = Math.min(panelColumns, N - n);
    addScaled(target, at + n, panels, placeOf(row, n, capacity), scale, length);
  }
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
