// The panel layout: the memory layout of the dense factor of a sparse product (Goto and van de Geijn 2008,
// "Anatomy of High-Performance Matrix Multiplication").

/** Columns of a panel: 8 SIMD accumulators of 4 lanes, half of the 16 vector registers. */
export const panelWidth = 32;

/** Number of values of a matrix [rows, columns] in panels. */
export function panelsLength(rows: number, columns: number): number {
  return rows * paddedColumns(columns);
}

/** `columns` rounded up to whole panels. */
export function paddedColumns(columns: number): number {
  return Math.ceil(columns / panelWidth) * panelWidth;
}

/**
 * A matrix [rows, columns] and the panels that it is packed into: an array [⌈columns / 32⌉, panelRows, 32]
 * of panels of 32 columns, each panel row-major and contiguous, panelRows ≥ rows. Missing columns are 0.
 * Row r starts at offset 32 · r in every panel, so a view from there packs or reads a part of the rows.
 */
export interface PanelsShape {
  readonly rows: number;
  readonly columns: number;
  /** rows in each panel, at least `rows` */
  readonly panelRows: number;
}

/** A matrix [rows, columns] and the panels that its transpose, or some columns of it, is packed into. */
export interface TransposedPanelsShape extends PanelsShape {
  /** the panels' column that receives row 0 of the matrix, a multiple of 4 */
  readonly firstColumn: number;
}
