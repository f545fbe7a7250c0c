// Products with a factor that is kept in panels: a matrix [rows, columns] cut into strips of 32
// columns, each strip's rows one behind the other, [⌈columns / 32⌉, capacity, 32], missing columns
// 0. The other factor is read as lists of what is not 0 in it, so that a zero costs nothing at all:
// of a digit's pixels four fifths are, and behind a ReLU half of everything.
import { madd } from './madd';

/** 8 accumulators of 4 lanes: enough to hide the latency of the sums, and half the registers. */
const panelColumns: i32 = 32;
const panelRowBytes: usize = 4 * <usize>panelColumns;

/** Rows listed in one go, and the most steps of each: 1 MiB of lists. */
const blockRows: i32 = 64;
const blockSteps: i32 = 2048;

const entryBytes: usize = 8;
/** One entry more: the list's end is written over before it is known to be none. */
const listBytes: usize = entryBytes * <usize>(blockSteps + 1);
const endBytes: usize = 4 * <usize>blockRows;

/** Memory that the products need besides their arguments. */
export const panelScratchBytes: usize = panelRowBytes + endBytes + listBytes * <usize>blockRows;

/** Copies matrix[rows, columns] into panels whose strips are `capacity` rows long. */
export function packPanels(
  panels: usize,
  matrix: usize,
  rows: i32,
  columns: i32,
  capacity: i32,
): void {
  for (let row = 0; row < rows; row++) {
    let to = panels + <usize>row * panelRowBytes;
    for (let column = 0; column < columns; column += panelColumns) {
      const bytes = <usize>min(panelColumns, columns - column) * 4;
      if (bytes == panelRowBytes) {
        copyStripRow(to, matrix);
      } else {
        memory.copy(to, matrix, bytes);
        memory.fill(to + bytes, 0, panelRowBytes - bytes);
      }
      matrix += bytes;
      to += <usize>capacity * panelRowBytes;
    }
  }
}

/** 128 bytes: a call of memory.copy would take longer than the copy. */
function copyStripRow(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  v128.store(to, v128.load(from, 32), 32);
  v128.store(to, v128.load(from, 48), 48);
  v128.store(to, v128.load(from, 64), 64);
  v128.store(to, v128.load(from, 80), 80);
  v128.store(to, v128.load(from, 96), 96);
  v128.store(to, v128.load(from, 112), 112);
}

/**
 * Copies the transpose of matrix[rows, columns] into columns from … from + rows of panels whose
 * strips are `columns` rows long. `from` is a multiple of 4.
 */
export function packTransposedPanels(
  panels: usize,
  matrix: usize,
  rows: i32,
  columns: i32,
  from: i32,
): void {
  const rowBytes = <usize>columns * 4;
  for (let row = 0; row < rows; row += 4) {
    const place = from + row;
    let to = panels + <usize>(place / panelColumns) * <usize>columns * panelRowBytes;
    to += <usize>(place % panelColumns) * 4;
    const source = matrix + <usize>row * rowBytes;
    if (rows - row < 4) {
      packTransposedEdge(to, source, rows - row, 0, columns, rowBytes);
      continue;
    }
    const whole = columns & ~3;
    for (let column = 0; column < whole; column += 4) {
      transposeFour(to + <usize>column * panelRowBytes, source + <usize>column * 4, rowBytes);
    }
    packTransposedEdge(to, source, 4, whole, columns, rowBytes);
  }
}

function packTransposedEdge(
  to: usize,
  source: usize,
  rows: i32,
  firstColumn: i32,
  columns: i32,
  rowBytes: usize,
): void {
  for (let column = firstColumn; column < columns; column++) {
    for (let i = 0; i < rows; i++) {
      const value = f32.load(source + <usize>i * rowBytes + <usize>column * 4);
      f32.store(to + <usize>column * panelRowBytes + <usize>i * 4, value);
    }
  }
}

function transposeFour(to: usize, source: usize, rowBytes: usize): void {
  const a = v128.load(source);
  const b = v128.load(source + rowBytes);
  const c = v128.load(source + 2 * rowBytes);
  const d = v128.load(source + 3 * rowBytes);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + panelRowBytes, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(to + 2 * panelRowBytes, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5));
  v128.store(to + 3 * panelRowBytes, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7));
}

/** output[M, N] = input[M, K] · panels[K, N] + bias[N], cut at 0 if `relu`; no bias at address 0 */
export function multiplyRows(
  output: usize,
  input: usize,
  panels: usize,
  bias: usize,
  M: i32,
  K: i32,
  N: i32,
  relu: bool,
  scratch: usize,
): void {
  const rowBytes = <usize>N * 4;
  for (let m = 0; m < M; m++) {
    const row = output + <usize>m * rowBytes;
    if (bias != 0) memory.copy(row, bias, rowBytes);
    else memory.fill(row, 0, rowBytes);
  }
  const ends = scratch + panelRowBytes;
  for (let k = 0; k < K; k += blockSteps) {
    const steps = min(blockSteps, K - k);
    // ReLU only when the sum is complete.
    const cut = relu && k + steps == K;
    for (let m = 0; m < M; m += blockRows) {
      const rows = min(blockRows, M - m);
      const from = input + <usize>(m * K + k) * 4;
      for (let i = 0; i < rows; i++) {
        const list = listOf(scratch, i);
        const end = listAlong(list, from + <usize>(i * K) * 4, steps);
        i32.store(ends + <usize>i * 4, <i32>end);
      }
      const to = output + <usize>m * rowBytes;
      const strip = panels + <usize>k * panelRowBytes;
      multiplyLists(to, strip, rows, N, K, cut, scratch);
    }
  }
}

/**
 * output[count, N] = the first `count` columns of input[M, K], transposed, · panels[M, N], whose
 * strips are `capacity` rows long
 */
export function multiplyColumns(
  output: usize,
  input: usize,
  panels: usize,
  M: i32,
  K: i32,
  N: i32,
  count: i32,
  capacity: i32,
  scratch: usize,
): void {
  memory.fill(output, 0, <usize>count * <usize>N * 4);
  for (let m = 0; m < M; m += blockSteps) {
    const steps = min(blockSteps, M - m);
    for (let k = 0; k < count; k += blockRows) {
      const rows = min(blockRows, count - k);
      const from = input + <usize>(m * K + k) * 4;
      for (let i = 0; i < rows; i += 4) {
        const column = from + <usize>i * 4;
        if (rows - i >= 4) listFourAcross(scratch, i, column, <usize>K * 4, steps);
        else for (let j = i; j < rows; j++) listAcross(scratch, j, from, <usize>K * 4, steps);
      }
      const to = output + <usize>(k * N) * 4;
      const strip = panels + <usize>m * panelRowBytes;
      multiplyLists(to, strip, rows, N, capacity, false, scratch);
    }
  }
}

/** sums[N] = Σ over rows of values[M, N] */
export function sumRows(sums: usize, values: usize, M: i32, N: i32): void {
  memory.fill(sums, 0, <usize>N * 4);
  const whole = N & ~3;
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < whole; n += 4) {
      const at = <usize>n * 4;
      v128.store(sums + at, f32x4.add(v128.load(sums + at), v128.load(values + at)));
    }
    for (let n = whole; n < N; n++) {
      const at = <usize>n * 4;
      f32.store(sums + at, f32.load(sums + at) + f32.load(values + at));
    }
    values += <usize>N * 4;
  }
}

/** An entry of a list: a value that is not 0, and the offset of its step in a strip, in bytes. */
function writeEntry(to: usize, value: f32, offset: usize): usize {
  f32.store(to, value);
  i32.store(to, <i32>offset, 4);
  return to + (value != 0 ? entryBytes : 0);
}

function listOf(scratch: usize, row: i32): usize {
  return scratch + panelRowBytes + endBytes + <usize>row * listBytes;
}

function setEnd(scratch: usize, row: i32, end: usize): void {
  i32.store(scratch + panelRowBytes + <usize>row * 4, <i32>end);
}

/** Lists a row that lies along memory, four values at a time: most of a picture is empty. */
function listAlong(list: usize, from: usize, steps: i32): usize {
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
  return list;
}

/** Lists four columns that lie side by side. */
function listFourAcross(scratch: usize, row: i32, from: usize, stride: usize, steps: i32): void {
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

function listAcross(scratch: usize, row: i32, first: usize, stride: usize, steps: i32): void {
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

/** Adds to each row of output[rows, N] the product of its list and the panels, strip by strip. */
function multiplyLists(
  output: usize,
  panels: usize,
  rows: i32,
  N: i32,
  capacity: i32,
  relu: bool,
  scratch: usize,
): void {
  const tile = scratch;
  const rowBytes = <usize>N * 4;
  for (let n = 0; n < N; n += panelColumns) {
    const bytes = <usize>min(panelColumns, N - n) * 4;
    for (let i = 0; i < rows; i++) {
      const to = output + <usize>i * rowBytes + <usize>n * 4;
      const list = listOf(scratch, i);
      const end = <usize>i32.load(scratch + panelRowBytes + <usize>i * 4);
      if (bytes == panelRowBytes) {
        multiplyList(to, list, end, panels, relu);
        continue;
      }
      // At the edge a whole strip is computed aside, and the part that exists copied.
      memory.copy(tile, to, bytes);
      multiplyList(tile, list, end, panels, relu);
      memory.copy(to, tile, bytes);
    }
    panels += <usize>capacity * panelRowBytes;
  }
}

/** The micro-kernel: 32 sums stay in registers while the list goes by. */
function multiplyList(to: usize, list: usize, end: usize, strip: usize, relu: bool): void {
  let c0 = v128.load(to);
  let c1 = v128.load(to, 16);
  let c2 = v128.load(to, 32);
  let c3 = v128.load(to, 48);
  let c4 = v128.load(to, 64);
  let c5 = v128.load(to, 80);
  let c6 = v128.load(to, 96);
  let c7 = v128.load(to, 112);
  while (list < end) {
    const x = v128.load_splat<f32>(list);
    const row = strip + <usize>i32.load(list, 4);
    c0 = madd(x, v128.load(row), c0);
    c1 = madd(x, v128.load(row, 16), c1);
    c2 = madd(x, v128.load(row, 32), c2);
    c3 = madd(x, v128.load(row, 48), c3);
    c4 = madd(x, v128.load(row, 64), c4);
    c5 = madd(x, v128.load(row, 80), c5);
    c6 = madd(x, v128.load(row, 96), c6);
    c7 = madd(x, v128.load(row, 112), c7);
    list += entryBytes;
  }
  // max(x, −∞) leaves a value as it is, max(x, 0) is ReLU.
  const least = f32x4.splat(relu ? 0 : -Infinity);
  v128.store(to, f32x4.max(c0, least));
  v128.store(to, f32x4.max(c1, least), 16);
  v128.store(to, f32x4.max(c2, least), 32);
  v128.store(to, f32x4.max(c3, least), 48);
  v128.store(to, f32x4.max(c4, least), 64);
  v128.store(to, f32x4.max(c5, least), 80);
  v128.store(to, f32x4.max(c6, least), 96);
  v128.store(to, f32x4.max(c7, least), 112);
}
