// Lists of what is not 0 in some rows or columns of a matrix, so that a product with panels pays
// nothing for a zero. They lie at `scratch`, behind one row of a panel.
import { panelRowBytes } from './pack-panels';

/** Rows listed in one go, and the most steps of each: 1 MiB of lists. */
export const blockRows: i32 = 64;
export const blockSteps: i32 = 2048;

export const entryBytes: usize = 8;
/** One entry more: the list's end is written over before it is known to be none. */
const listBytes: usize = entryBytes * <usize>(blockSteps + 1);
const endBytes: usize = 4 * <usize>blockRows;

/** Memory that the products need besides their arguments. */
export const panelScratchBytes: usize = panelRowBytes + endBytes + listBytes * <usize>blockRows;

/** Where the ends of the lists are kept. */
function endsOf(scratch: usize): usize {
  return scratch + panelRowBytes;
}

/** An entry of a list: a value that is not 0, and the offset of its step in a strip, in bytes. */
function writeEntry(to: usize, value: f32, offset: usize): usize {
  f32.store(to, value);
  i32.store(to, <i32>offset, 4);
  return to + (value != 0 ? entryBytes : 0);
}

export function listOf(scratch: usize, row: i32): usize {
  return endsOf(scratch) + endBytes + <usize>row * listBytes;
}

export function endOf(scratch: usize, row: i32): usize {
  return <usize>i32.load(endsOf(scratch) + <usize>row * 4);
}

function setEnd(scratch: usize, row: i32, end: usize): void {
  i32.store(endsOf(scratch) + <usize>row * 4, <i32>end);
}

/** Lists a row that lies along memory, four values at a time: most of a picture is empty. */
export function listAlong(scratch: usize, row: i32, from: usize, steps: i32): void {
  let list = listOf(scratch, row);
  const whole = steps & ~3;
  let offset: usize = 0;
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
  setEnd(scratch, row, list);
}

/** Lists four columns that lie side by side. */
export function listFourAcross(
  scratch: usize,
  row: i32,
  from: usize,
  stride: usize,
  steps: i32,
): void {
  let list0 = listOf(scratch, row);
  let list1 = listOf(scratch, row + 1);
  let list2 = listOf(scratch, row + 2);
  let list3 = listOf(scratch, row + 3);
  let offset: usize = 0;
  for (let m = 0; m < steps; m++) {
    const four = v128.load(from);
    if (v128.any_true(four)) {
      list0 = writeEntry(list0, f32x4.extract_lane(four, 0), offset);
      list1 = writeEntry(list1, f32x4.extract_lane(four, 1), offset);
      list2 = writeEntry(list2, f32x4.extract_lane(four, 2), offset);
      list3 = writeEntry(list3, f32x4.extract_lane(four, 3), offset);
    }
    from += stride;
    offset += panelRowBytes;
  }
  setEnd(scratch, row, list0);
  setEnd(scratch, row + 1, list1);
  setEnd(scratch, row + 2, list2);
  setEnd(scratch, row + 3, list3);
}

export function listAcross(
  scratch: usize,
  row: i32,
  first: usize,
  stride: usize,
  steps: i32,
): void {
  let from = first + <usize>row * 4;
  let list = listOf(scratch, row);
  let offset: usize = 0;
  for (let m = 0; m < steps; m++) {
    list = writeEntry(list, f32.load(from), offset);
    from += stride;
    offset += panelRowBytes;
  }
  setEnd(scratch, row, list);
}
