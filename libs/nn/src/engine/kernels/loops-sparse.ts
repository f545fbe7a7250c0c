// The kernels on panels and sparse rows, as plain loops.

import type { Activation, Kernels } from './kernels.ts';
import {
  type PanelsShape,
  paddedColumns,
  panelWidth,
  type TransposedPanelsShape,
} from './panels.ts';
import {
  type CompressShape,
  type SparseFactors,
  type SparseMatmulShape,
  type SparseRows,
  segmentStride,
  type TransposeShape,
} from './sparse-rows.ts';

/** The part of `loopKernels` that works on panels and sparse rows. */
export const sparseLoops = {
  packPanels,
  unpackPanels,
  packTransposedPanels,
  compressRows,
  transposeSparseRows,
  sparseMatmul,
  sumRows,
} satisfies Partial<Kernels>;

function packPanels(
  panels: Float32Array, // [⌈columns / 32⌉, panelRows, 32]
  matrix: Float32Array, // [rows, columns]
  { rows, columns, panelRows }: PanelsShape,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < paddedColumns(columns); column++) {
      const value = column < columns ? matrix[row * columns + column]! : 0;
      panels[panelIndex(row, column, panelRows)] = value;
    }
  }
}

function unpackPanels(
  matrix: Float32Array, // [rows, columns]
  panels: Float32Array, // [⌈columns / 32⌉, panelRows, 32]
  { rows, columns, panelRows }: PanelsShape,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      matrix[row * columns + column] = panels[panelIndex(row, column, panelRows)]!;
    }
  }
}

function packTransposedPanels(
  panels: Float32Array, // [⌈all rows / 32⌉, panelRows, 32]
  matrix: Float32Array, // [rows, columns]
  shape: TransposedPanelsShape,
): void {
  const { rows, columns, firstColumn, panelRows } = shape;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      panels[panelIndex(column, firstColumn + row, panelRows)] = matrix[row * columns + column]!;
    }
  }
}

/** One segment: the number of its entries, then the value and the column in the segment of each. */
function segmentAt(
  { values, capacity, segmentLength }: SparseRows,
  row: number,
  column: number,
): Float32Array {
  const stride = segmentStride(segmentLength);
  const start = (Math.floor(column / segmentLength) * capacity + row) * stride;
  return values.subarray(start, start + stride);
}

function append(segment: Float32Array, value: number, column: number): void {
  const count = segment[0]!;
  segment[1 + 2 * count] = value;
  segment[2 + 2 * count] = column;
  segment[0] = count + 1;
}

function compressRows(
  sparseRows: SparseRows,
  matrix: Float32Array, // [panels, panelRows, panelWidth]
  { panelWidth, panelRows, firstRow, rows, firstColumn, endColumn }: CompressShape,
): void {
  for (let row = firstRow; row < firstRow + rows; row++) {
    for (let column = firstColumn; column < endColumn; column++) {
      const segment = segmentAt(sparseRows, row, column);
      const columnInSegment = column % sparseRows.segmentLength;
      if (columnInSegment === 0) segment[0] = 0;
      const panel = Math.floor(column / panelWidth);
      const value = matrix[(panel * panelRows + row) * panelWidth + (column % panelWidth)]!;
      if (value !== 0) append(segment, value, columnInSegment);
    }
  }
}

function transposeSparseRows(
  sparseColumns: SparseRows,
  sparseRows: SparseRows,
  { rows, firstColumn, endColumn }: TransposeShape,
): void {
  for (let row = 0; row < rows; row++) {
    const rowInSegment = row % sparseColumns.segmentLength;
    for (let column = firstColumn; column < endColumn && rowInSegment === 0; column++) {
      segmentAt(sparseColumns, column, row)[0] = 0;
    }
    for (let k = firstColumn; k < endColumn; k += sparseRows.segmentLength) {
      const segment = segmentAt(sparseRows, row, k);
      for (let i = 1; i < 1 + 2 * segment[0]!; i += 2) {
        append(segmentAt(sparseColumns, k + segment[i + 1]!, row), segment[i]!, rowInSegment);
      }
    }
  }
}

function sparseMatmul(
  output: Float32Array, // [rows, 32 · panelCount], at the strides of the shape
  { sparseRows, panels, bias }: SparseFactors,
  shape: SparseMatmulShape,
  activation: Activation,
): void {
  const { firstRow, rows, depth, panelCount, panelRows, rowStride, panelStride } = shape;
  for (let panel = 0; panel < panelCount; panel++) {
    for (let row = 0; row < rows; row++) {
      const start = row * rowStride + panel * panelStride;
      const sums = output.subarray(start, start + panelWidth);
      for (let n = 0; n < panelWidth; n++) sums[n] = bias ? bias[panel * panelWidth + n]! : 0;
      for (let k = 0; k < depth; k += sparseRows.segmentLength) {
        const segment = segmentAt(sparseRows, firstRow + row, k);
        for (let i = 1; i < 1 + 2 * segment[0]!; i += 2) {
          const panelRow = panel * panelRows + k + segment[i + 1]!;
          const x = segment[i]!;
          for (let n = 0; n < panelWidth; n++) sums[n]! += x * panels[panelRow * panelWidth + n]!;
        }
      }
      if (activation !== 'relu') continue;
      for (let n = 0; n < panelWidth; n++) if (sums[n]! < 0) sums[n] = 0;
    }
  }
}

function sumRows(
  sums: Float32Array, // [N]
  values: Float32Array, // [M, N]
  { M, N }: { M: number; N: number },
): void {
  sums.fill(0);
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < N; n++) sums[n]! += values[m * N + n]!;
  }
}

/** The index of a matrix element in its panels. */
function panelIndex(row: number, column: number, panelRows: number): number {
  const panel = Math.floor(column / panelWidth);
  return (panel * panelRows + row) * panelWidth + (column % panelWidth);
}
