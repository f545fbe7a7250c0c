// Packing: copies of blocks of the two factors in the order in which the micro-kernel reads them.
// A is cut into panels of `tileRows` rows, B into panels of `tileColumns` columns; inside a panel
// the values of one step k lie side by side. What is missing at an edge is filled with zeros.

/** Rows of the micro-kernel's tile. With 6 × 8 it holds 12 accumulators in 16 registers. */
export const tileRows: i32 = 6;
export const tileColumns: i32 = 8;

export const packedRowBytes: usize = 4 * tileRows;
export const packedColumnBytes: usize = 4 * tileColumns;

/**
 * Packs rows × steps of A, leaving out of each panel the steps at which all its rows are 0: most of
 * the pixels of a digit, and many of the units behind a ReLU. Written for each panel, at a fixed
 * distance: the values, the byte offset into a panel of B of each step kept, and how many were kept.
 * The value of row i and step k lies at a + i · rowStride + k · stepStride, in bytes.
 */
export function packRows(
  values: usize,
  offsets: usize,
  counts: usize,
  a: usize,
  rowStride: usize,
  stepStride: usize,
  rows: i32,
  steps: i32,
): void {
  for (let row = 0; row < rows; row += tileRows) {
    const from = a + <usize>row * rowStride;
    let kept: i32;
    if (rows - row < tileRows) {
      kept = packEdgeRows(values, offsets, from, rowStride, stepStride, rows - row, steps);
    } else if (stepStride == 4) {
      kept = packAlongRows(values, offsets, from, rowStride, steps);
    } else {
      kept = packAcrossRows(values, offsets, from, stepStride, steps);
    }
    i32.store(counts, kept);
    counts += 4;
    values += <usize>steps * packedRowBytes;
    offsets += <usize>steps * 4;
  }
}

/** A panel of whole rows that lie along memory. */
function packAlongRows(values: usize, offsets: usize, a: usize, rowStride: usize, steps: i32): i32 {
  const first = offsets;
  let p0 = a;
  let p1 = p0 + rowStride;
  let p2 = p1 + rowStride;
  let p3 = p2 + rowStride;
  let p4 = p3 + rowStride;
  let p5 = p4 + rowStride;
  for (let k = 0; k < steps; k++) {
    // Loaded as integers, so that one OR tells whether all are +0.
    const x0 = i32.load(p0);
    const x1 = i32.load(p1);
    const x2 = i32.load(p2);
    const x3 = i32.load(p3);
    const x4 = i32.load(p4);
    const x5 = i32.load(p5);
    i32.store(values, x0);
    i32.store(values, x1, 4);
    i32.store(values, x2, 8);
    i32.store(values, x3, 12);
    i32.store(values, x4, 16);
    i32.store(values, x5, 20);
    i32.store(offsets, k * <i32>packedColumnBytes);
    const keep = <usize>((x0 | x1 | x2 | x3 | x4 | x5) != 0);
    values += keep * packedRowBytes;
    offsets += keep * 4;
    p0 += 4;
    p1 += 4;
    p2 += 4;
    p3 += 4;
    p4 += 4;
    p5 += 4;
  }
  return <i32>((offsets - first) >> 2);
}

/** A panel whose rows are columns of memory: the values of one step lie side by side already. */
function packAcrossRows(
  values: usize,
  offsets: usize,
  a: usize,
  stepStride: usize,
  steps: i32,
): i32 {
  const first = offsets;
  for (let k = 0; k < steps; k++) {
    const low = v128.load(a);
    const high = i64.load(a, 16);
    v128.store(values, low);
    i64.store(values, high, 16);
    i32.store(offsets, k * <i32>packedColumnBytes);
    const keep = <usize>(v128.any_true(low) | (high != 0));
    values += keep * packedRowBytes;
    offsets += keep * 4;
    a += stepStride;
  }
  return <i32>((offsets - first) >> 2);
}

/** The last panel, where rows are missing. */
function packEdgeRows(
  values: usize,
  offsets: usize,
  a: usize,
  rowStride: usize,
  stepStride: usize,
  rows: i32,
  steps: i32,
): i32 {
  for (let k = 0; k < steps; k++) {
    for (let i = 0; i < tileRows; i++) {
      f32.store(values, i < rows ? f32.load(a + <usize>i * rowStride) : 0);
      values += 4;
    }
    i32.store(offsets, k * <i32>packedColumnBytes);
    offsets += 4;
    a += stepStride;
  }
  return steps;
}

/** Packs steps × columns of B; value of step k, column j: b + k · stepStride + j · columnStride. */
export function packColumns(
  values: usize,
  b: usize,
  stepStride: usize,
  columnStride: usize,
  columns: i32,
  steps: i32,
): void {
  for (let column = 0; column < columns; column += tileColumns) {
    const width = min(tileColumns, columns - column);
    let from = b + <usize>column * columnStride;
    if (columnStride == 4 && width == tileColumns) {
      for (let k = 0; k < steps; k++) {
        v128.store(values, v128.load(from));
        v128.store(values, v128.load(from, 16), 16);
        values += packedColumnBytes;
        from += stepStride;
      }
      continue;
    }
    for (let k = 0; k < steps; k++) {
      for (let j = 0; j < tileColumns; j++) {
        f32.store(values, j < width ? f32.load(from + <usize>j * columnStride) : 0);
        values += 4;
      }
      from += stepStride;
    }
  }
}
