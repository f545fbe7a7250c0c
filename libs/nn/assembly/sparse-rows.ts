// Sparse rows: the non-zero values of a matrix, row by row, so that a product with panels skips
// the zeros. Each row is split into segments of `segmentLength` columns,
// [segments, capacity] in memory. A segment is a head of 8 bytes, the offset of its end in bytes,
// then 8 bytes for each entry: the value, and the byte offset of its column's row in a panel.

import { panelRowBytes } from './panels';

export const entryBytes: usize = 8;
export const headBytes: usize = 8;

/**
 * Bytes of one segment: its entries and one more cache line. The line holds the head and the entry that
 * `writeEntry` writes before it tests the value, and keeps the stride from being a power of two, which
 * would map all segments to the same cache sets.
 */
export function segmentBytes(segmentLength: i32): usize {
  return entryBytes * <usize>segmentLength + 64;
}

/** The address after a segment's last entry. */
export function endOf(segment: usize): usize {
  return segment + <usize>i32.load(segment);
}

/** Keeps the loads of prefetchSegments from being optimized away. */
const prefetched = memory.data(4);

const lineBytes: usize = 64;

/**
 * Loads the segments of `rows` rows into the cache, many lines at a time. Without it, a product stalls
 * at every segment that another thread has written.
 */
export function prefetchSegments(segment: usize, bytes: usize, rows: i32): void {
  let all = 0;
  for (let i = 0; i < rows; i++) {
    const end = endOf(segment);
    for (let at = segment + lineBytes; at < end; at += lineBytes) all |= i32.load(at);
    segment += bytes;
  }
  i32.store(prefetched, all);
}

/**
 * Writes an entry, without a branch.
 *
 * @returns the address of the next entry: the same address if the value is 0
 */
function writeEntry(to: usize, value: f32, offset: usize): usize {
  f32.store(to, value);
  i32.store(to, <i32>offset, 4);
  return to + (value != 0 ? entryBytes : 0);
}

/**
 * Rows firstRow … firstRow + rows − 1 of the sparse rows, in columns firstColumn … endColumn − 1, ←
 * the same part of matrix[panels, panelRows, panelWidth]. `firstColumn` begins a segment.
 */
export function compressRows(
  sparseRows: usize,
  capacity: i32,
  segmentLength: i32,
  matrix: usize,
  panelWidth: i32,
  panelRows: i32,
  firstRow: i32,
  rows: i32,
  firstColumn: i32,
  endColumn: i32,
): void {
  const bytes = segmentBytes(segmentLength);
  for (let k = firstColumn; k < endColumn; k += segmentLength) {
    const columns = min(segmentLength, endColumn - k);
    let segment = sparseRows + <usize>((k / segmentLength) * capacity + firstRow) * bytes;
    for (let row = firstRow; row < firstRow + rows; row++) {
      let to = segment + headBytes;
      let done = 0;
      while (done < columns) {
        const column = k + done;
        const panel = column / panelWidth;
        const count = min(columns - done, (panel + 1) * panelWidth - column);
        const index = (panel * panelRows + row) * panelWidth + column - panel * panelWidth;
        to = compressRun(to, matrix + <usize>index * 4, count, <usize>done * panelRowBytes);
        done += count;
      }
      i32.store(segment, <i32>(to - segment));
      segment += bytes;
    }
  }
}

/**
 * Compresses consecutive values, skipping four zeros at a time.
 *
 * @returns the end of the entries
 */
function compressRun(to: usize, from: usize, columns: i32, offset: usize): usize {
  const whole = columns & ~3;
  for (let k = 0; k < whole; k += 4) {
    const four = v128.load(from);
    if (v128.any_true(four)) {
      to = writeEntry(to, f32x4.extract_lane(four, 0), offset);
      to = writeEntry(to, f32x4.extract_lane(four, 1), offset + panelRowBytes);
      to = writeEntry(to, f32x4.extract_lane(four, 2), offset + 2 * panelRowBytes);
      to = writeEntry(to, f32x4.extract_lane(four, 3), offset + 3 * panelRowBytes);
    }
    from += 16;
    offset += 4 * panelRowBytes;
  }
  for (let k = whole; k < columns; k++) {
    to = writeEntry(to, f32.load(from), offset);
    from += 4;
    offset += panelRowBytes;
  }
  return to;
}

/**
 * Rows firstColumn … endColumn − 1 of the sparse columns ← those columns of the first `rows` sparse
 * rows. `firstColumn` begins a segment.
 */
export function transposeSparseRows(
  sparseColumns: usize,
  columnCapacity: i32,
  columnSegmentLength: i32,
  sparseRows: usize,
  capacity: i32,
  segmentLength: i32,
  rows: i32,
  firstColumn: i32,
  endColumn: i32,
): void {
  const bytes = segmentBytes(segmentLength);
  const columnBytes = segmentBytes(columnSegmentLength);
  for (let m = 0; m < rows; m += columnSegmentLength) {
    const end = min(rows, m + columnSegmentLength);
    const block = sparseColumns + <usize>((m / columnSegmentLength) * columnCapacity) * columnBytes;
    for (let k = firstColumn; k < endColumn; k++) {
      i32.store(block + <usize>k * columnBytes, <i32>headBytes);
    }
    for (let k = firstColumn; k < endColumn; k += segmentLength) {
      const target = block + <usize>k * columnBytes;
      let segment = sparseRows + <usize>((k / segmentLength) * capacity + m) * bytes;
      prefetchSegments(segment, bytes, end - m);
      for (let row = m; row < end; row++) {
        appendToColumns(target, columnBytes, segment, <usize>(row - m) * panelRowBytes);
        segment += bytes;
      }
    }
  }
}

/** Appends each entry of one row's segment to its column. */
function appendToColumns(target: usize, columnBytes: usize, segment: usize, offset: usize): void {
  const end = endOf(segment);
  for (let entry = segment + headBytes; entry < end; entry += entryBytes) {
    const k = <usize>(i32.load(entry, 4) as u32) / panelRowBytes;
    const column = target + k * columnBytes;
    const length = <usize>i32.load(column);
    f32.store(column + length, f32.load(entry));
    i32.store(column + length, <i32>offset, 4);
    i32.store(column, <i32>(length + entryBytes));
  }
}
