// Sparse rows: the non-zero values of a matrix, row by row, as the sparse factor of a product. About
// four fifths of a digit's pixels are 0, and half of the values after a ReLU.
//
// This is compressed sparse row (CSR) storage of fixed capacity, cut into segments of columns so that the
// rows of panels that one segment is multiplied with stay in the first-level cache:
// [⌈columns / segmentLength⌉, capacity] segments, each `segmentStride` values long. What a segment
// holds is defined by the backend.

/** The storage of sparse rows. */
export interface SparseRows {
  /** [⌈columns / segmentLength⌉, capacity, segmentStride] */
  readonly values: Float32Array;
  /** maximum number of rows */
  readonly capacity: number;
  /** columns in a segment */
  readonly segmentLength: number;
}

/**
 * @param kernels the backend that owns the array
 * @returns sparse rows for a matrix of up to [capacity, columns], their content undefined
 */
export function createSparseRows(
  kernels: { allocate(length: number): Float32Array },
  capacity: number,
  columns: number,
  segmentLength: number,
): SparseRows {
  const values = kernels.allocate(sparseRowsLength(capacity, columns, segmentLength));
  return { values, capacity, segmentLength };
}

/** Values that sparse rows take for a matrix [capacity, columns]. */
export function sparseRowsLength(capacity: number, columns: number, segmentLength: number): number {
  return Math.ceil(columns / segmentLength) * capacity * segmentStride(segmentLength);
}

/**
 * Values from one segment to the next: two for each column, and one cache line for the segment's
 * length and for not being a power of two, where segments would compete for the same cache lines.
 */
export function segmentStride(segmentLength: number): number {
  return 2 * segmentLength + 16;
}

/**
 * The source of sparse rows: a matrix in panels [panels, panelRows, panelWidth]. A row-major matrix
 * [rows, columns] is one panel of panelWidth = columns.
 */
export interface CompressShape {
  readonly panelWidth: number;
  readonly panelRows: number;
  /** rows firstRow … firstRow + rows − 1, which become the same rows of the target */
  readonly firstRow: number;
  readonly rows: number;
  /** columns firstColumn … endColumn − 1; the first begins a segment */
  readonly firstColumn: number;
  readonly endColumn: number;
}

/** The whole of a row-major matrix [rows, columns]. */
export function rowMajor(rows: number, columns: number): CompressShape {
  const whole = { firstRow: 0, rows, firstColumn: 0, endColumn: columns };
  return { panelWidth: columns, panelRows: rows, ...whole };
}

/** The part of sparse rows to transpose. */
export interface TransposeShape {
  /** rows 0 … rows − 1 */
  readonly rows: number;
  /** columns firstColumn … endColumn − 1; the first begins a segment */
  readonly firstColumn: number;
  readonly endColumn: number;
}

/** What a sparse product multiplies, and what it adds. */
export interface SparseFactors {
  readonly sparseRows: SparseRows;
  /** [panelCount, panelRows, 32] */
  readonly panels: Float32Array;
  /** [32 · panelCount]; none by default */
  readonly bias?: Float32Array;
}

/** output[rows, 32 · panelCount] = sparse[rows, depth] · panels[panelCount, panelRows, 32] */
export interface SparseMatmulShape {
  /** rows firstRow … firstRow + rows − 1 of the sparse factor, which become rows 0 … of the output */
  readonly firstRow: number;
  readonly rows: number;
  /** columns of the sparse factor, which are rows of the panels */
  readonly depth: number;
  readonly panelCount: number;
  /** rows in each panel, at least `depth` */
  readonly panelRows: number;
  /** values from one row of the output to the next */
  readonly rowStride: number;
  /** values from one panel of an output row to the next */
  readonly panelStride: number;
}
