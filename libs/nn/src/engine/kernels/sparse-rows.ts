// Sparse rows: the non-zero values of a matrix, row by row, as the sparse factor of a product. About
// four fifths of a digit's pixels are 0, and half of the values after a ReLU.

/**
 * The storage of sparse rows: compressed sparse row (CSR) of fixed capacity, split into segments of
 * columns, so that the panel rows that a segment is multiplied with stay in the first-level cache. There are
 * [⌈columns / segmentLength⌉, capacity] segments of `segmentStride` values each. The content of a segment is
 * defined by the backend.
 */
export interface SparseRows {
  /** [⌈columns / segmentLength⌉, capacity, segmentStride] */
  readonly values: Float32Array;
  /** maximum number of rows */
  readonly capacity: number;
  /** columns in a segment */
  readonly segmentLength: number;
}

/**
 * Allocates sparse rows for a matrix of up to [capacity, columns]; their content is undefined.
 *
 * @param kernels the backend that owns the array
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

/** Length of the array of sparse rows for a matrix [capacity, columns]. */
export function sparseRowsLength(capacity: number, columns: number, segmentLength: number): number {
  return Math.ceil(columns / segmentLength) * capacity * segmentStride(segmentLength);
}

/**
 * Distance from one segment to the next, in values: two for each column, and one cache line. The line
 * holds the segment's length and keeps the stride from being a power of two, which would map all
 * segments to the same cache sets.
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

/** The shape for compressing a whole row-major matrix [rows, columns]. */
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

/** The factors and the bias of a sparse product. */
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
  /** distance between two rows of the output, in values */
  readonly rowStride: number;
  /** distance between two panels of an output row, in values */
  readonly panelStride: number;
}
