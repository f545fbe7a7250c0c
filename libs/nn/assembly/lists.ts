// Lists of what is not 0 in the rows of a matrix, so that a product with panels pays nothing for a
// zero: of a digit's pixels four fifths are, and behind a ReLU half of everything. The steps of a
// row are cut into segments of `segment` steps, and each has a list of its own:
// [segments, capacity] lists of 8 bytes for the end and 8 for every entry, and room for one more
// entry: one is written before it is known to be none.

import { panelRowBytes } from './pack-panels';

export const entryBytes: usize = 8;
export const headBytes: usize = 8;

/** What one list takes: no power of two, or all lists would start in the same lines of a cache. */
export function listBytes(segment: i32): usize {
  return entryBytes * <usize>segment + 64;
}

/** The end of a list's entries. */
export function endOf(list: usize): usize {
  return list + <usize>i32.load(list);
}

/** Keeps what fetchLists reads from being left out as of no use. */
const fetched = memory.data(4);

const lineBytes: usize = 64;

/**
 * Brings lists into the cache, many lines at a time: another thread may have written them, and a
 * product that comes upon one after the other waits for each.
 */
export function fetchLists(list: usize, bytes: usize, rows: i32): void {
  let all = 0;
  for (let i = 0; i < rows; i++) {
    const end = endOf(list);
    for (let at = list + lineBytes; at < end; at += lineBytes) all |= i32.load(at);
    list += bytes;
  }
  i32.store(fetched, all);
}

/** An entry: a value that is not 0, and the offset of its step in a strip of panels, in bytes. */
function writeEntry(to: usize, value: f32, offset: usize): usize {
  f32.store(to, value);
  i32.store(to, <i32>offset, 4);
  return to + (value != 0 ? entryBytes : 0);
}

/**
 * Lists rows from … from + rows of a matrix over the steps first … last; `first` begins a segment.
 * The matrix lies in strips `width` wide and `length` rows long; a dense one is a single strip.
 */
export function listRows(
  lists: usize,
  capacity: i32,
  segment: i32,
  matrix: usize,
  width: i32,
  length: i32,
  from: i32,
  rows: i32,
  first: i32,
  last: i32,
): void {
  const bytes = listBytes(segment);
  for (let k = first; k < last; k += segment) {
    const steps = min(segment, last - k);
    let list = lists + <usize>((k / segment) * capacity + from) * bytes;
    for (let row = from; row < from + rows; row++) {
      let to = list + headBytes;
      let done = 0;
      while (done < steps) {
        const column = k + done;
        const strip = column / width;
        const count = min(steps - done, (strip + 1) * width - column);
        const at = matrix + <usize>((strip * length + row) * width + column - strip * width) * 4;
        to = listAlong(to, at, count, <usize>done * panelRowBytes);
        done += count;
      }
      i32.store(list, <i32>(to - list));
      list += bytes;
    }
  }
}

/** Values along memory, four at a time: most of a picture is empty. */
function listAlong(list: usize, from: usize, steps: i32, offset: usize): usize {
  const whole = steps & ~3;
  for (let k = 0; k < whole; k += 4) {
    const four = v128.load(from);
    if (v128.any_true(four)) {
      list = writeEntry(list, f32x4.extract_lane(four, 0), offset);
      list = writeEntry(list, f32x4.extract_lane(four, 1), offset + panelRowBytes);
      list = writeEntry(list, f32x4.extract_lane(four, 2), offset + 2 * panelRowBytes);
      list = writeEntry(list, f32x4.extract_lane(four, 3), offset + 3 * panelRowBytes);
    }
    from += 16;
    offset += 4 * panelRowBytes;
  }
  for (let k = whole; k < steps; k++) {
    list = writeEntry(list, f32.load(from), offset);
    from += 4;
    offset += panelRowBytes;
  }
  return list;
}

/**
 * From the lists of `rows` rows those of the columns first … last, whose steps are the rows;
 * `first` begins a segment.
 */
export function transposeLists(
  columns: usize,
  columnCapacity: i32,
  columnSegment: i32,
  lists: usize,
  capacity: i32,
  segment: i32,
  rows: i32,
  first: i32,
  last: i32,
): void {
  const bytes = listBytes(segment);
  const columnBytes = listBytes(columnSegment);
  for (let m = 0; m < rows; m += columnSegment) {
    const end = min(rows, m + columnSegment);
    const block = columns + <usize>((m / columnSegment) * columnCapacity) * columnBytes;
    for (let k = first; k < last; k++) {
      i32.store(block + <usize>k * columnBytes, <i32>headBytes);
    }
    for (let k = first; k < last; k += segment) {
      const target = block + <usize>k * columnBytes;
      let list = lists + <usize>((k / segment) * capacity + m) * bytes;
      fetchLists(list, bytes, end - m);
      for (let row = m; row < end; row++) {
        appendToColumns(target, columnBytes, list, <usize>(row - m) * panelRowBytes);
        list += bytes;
      }
    }
  }
}

/** Each entry of one row's list becomes the last of its column's. */
function appendToColumns(target: usize, columnBytes: usize, list: usize, offset: usize): void {
  const end = endOf(list);
  for (let entry = list + headBytes; entry < end; entry += entryBytes) {
    const step = <usize>(i32.load(entry, 4) as u32) / panelRowBytes;
    const column = target + step * columnBytes;
    const length = <usize>i32.load(column);
    f32.store(column + length, f32.load(entry));
    i32.store(column + length, <i32>offset, 4);
    i32.store(column, <i32>(length + entryBytes));
  }
}
