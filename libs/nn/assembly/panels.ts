// Products with a factor that is kept in panels (pack-panels.ts). The other factor is read as lists
// of what is not 0 in it (lists.ts), so that a zero costs nothing at all: of a digit's pixels four
// fifths are, and behind a ReLU half of everything.
import {
  blockRows,
  blockSteps,
  endOf,
  entryBytes,
  listAcross,
  listAlong,
  listFourAcross,
  listOf,
} from './lists';
import { madd } from './madd';
import { panelColumns, panelRowBytes } from './pack-panels';

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
  for (let k = 0; k < K; k += blockSteps) {
    const steps = min(blockSteps, K - k);
    // ReLU only when the sum is complete.
    const cut = relu && k + steps == K;
    for (let m = 0; m < M; m += blockRows) {
      const rows = min(blockRows, M - m);
      const from = input + <usize>(m * K + k) * 4;
      for (let i = 0; i < rows; i++) {
        listAlong(scratch, i, from + <usize>(i * K) * 4, steps);
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
      const end = endOf(scratch, i);
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
