// The product of rows that are kept as lists of what is not 0 in them (lists.ts) with a factor that
// is kept in panels (pack-panels.ts).

import { endOf, entryBytes, fetchLists, headBytes, listBytes } from './lists';
import { madd } from './madd';
import { panelRowBytes } from './pack-panels';

/** What a sum begins with where there is no bias. */
const zeros = memory.data(256);

/**
 * output = rows from … from + rows of the lists · panels [strips, length, 32] + bias [strips, 32],
 * cut at 0 if `relu`; no bias at address 0. The output's rows are `rowBytes` apart, its strips
 * `stripBytes`. A segment of two strips stays in the first cache while the rows go by.
 */
export function multiplyLists(
  output: usize,
  rowBytes: i32,
  stripBytes: i32,
  lists: usize,
  capacity: i32,
  segment: i32,
  from: i32,
  rows: i32,
  steps: i32,
  panels: usize,
  length: i32,
  strips: i32,
  bias: usize,
  relu: bool,
): void {
  const bytes = listBytes(segment);
  const panelBytes = <usize>length * panelRowBytes;
  let strip = 0;
  while (strip < strips) {
    const isPair = strip + 2 <= strips;
    for (let k = 0; k < steps; k += segment) {
      let list = lists + <usize>((k / segment) * capacity + from) * bytes;
      if (strip == 0) fetchLists(list, bytes, rows);
      let to = output;
      const row = panels + <usize>k * panelRowBytes;
      // ReLU only when the sum is complete; max(x, −∞) leaves a value as it is.
      const least: f32 = relu && k + segment >= steps ? 0 : -Infinity;
      for (let i = 0; i < rows; i++) {
        const begin = k > 0 ? to : bias != 0 ? bias : zeros;
        const gap = k > 0 ? <usize>stripBytes : panelRowBytes;
        if (isPair) multiplyTwo(to, <usize>stripBytes, begin, gap, list, row, panelBytes, least);
        else multiplyOne(to, begin, list, row, least);
        list += bytes;
        to += <usize>rowBytes;
      }
    }
    const done = isPair ? 2 : 1;
    strip += done;
    output += <usize>done * <usize>stripBytes;
    panels += <usize>done * panelBytes;
    if (bias != 0) bias += <usize>done * panelRowBytes;
  }
}

/** The micro-kernel: the 64 sums of two strips stay in registers while the list goes by. */
function multiplyTwo(
  to: usize,
  toGap: usize,
  begin: usize,
  beginGap: usize,
  list: usize,
  strip: usize,
  stripGap: usize,
  least: f32,
): void {
  const beginNext = begin + beginGap;
  let c0 = v128.load(begin);
  let c1 = v128.load(begin, 16);
  let c2 = v128.load(begin, 32);
  let c3 = v128.load(begin, 48);
  let c4 = v128.load(begin, 64);
  let c5 = v128.load(begin, 80);
  let c6 = v128.load(begin, 96);
  let c7 = v128.load(begin, 112);
  let c8 = v128.load(beginNext);
  let c9 = v128.load(beginNext, 16);
  let c10 = v128.load(beginNext, 32);
  let c11 = v128.load(beginNext, 48);
  let c12 = v128.load(beginNext, 64);
  let c13 = v128.load(beginNext, 80);
  let c14 = v128.load(beginNext, 96);
  let c15 = v128.load(beginNext, 112);
  const end = endOf(list);
  list += headBytes;
  while (list < end) {
    const x = v128.load_splat<f32>(list);
    const row = strip + <usize>i32.load(list, 4);
    const next = row + stripGap;
    c0 = madd(x, v128.load(row), c0);
    c1 = madd(x, v128.load(row, 16), c1);
    c2 = madd(x, v128.load(row, 32), c2);
    c3 = madd(x, v128.load(row, 48), c3);
    c4 = madd(x, v128.load(row, 64), c4);
    c5 = madd(x, v128.load(row, 80), c5);
    c6 = madd(x, v128.load(row, 96), c6);
    c7 = madd(x, v128.load(row, 112), c7);
    c8 = madd(x, v128.load(next), c8);
    c9 = madd(x, v128.load(next, 16), c9);
    c10 = madd(x, v128.load(next, 32), c10);
    c11 = madd(x, v128.load(next, 48), c11);
    c12 = madd(x, v128.load(next, 64), c12);
    c13 = madd(x, v128.load(next, 80), c13);
    c14 = madd(x, v128.load(next, 96), c14);
    c15 = madd(x, v128.load(next, 112), c15);
    list += entryBytes;
  }
  const lowest = f32x4.splat(least);
  const toNext = to + toGap;
  v128.store(to, f32x4.max(c0, lowest));
  v128.store(to, f32x4.max(c1, lowest), 16);
  v128.store(to, f32x4.max(c2, lowest), 32);
  v128.store(to, f32x4.max(c3, lowest), 48);
  v128.store(to, f32x4.max(c4, lowest), 64);
  v128.store(to, f32x4.max(c5, lowest), 80);
  v128.store(to, f32x4.max(c6, lowest), 96);
  v128.store(to, f32x4.max(c7, lowest), 112);
  v128.store(toNext, f32x4.max(c8, lowest));
  v128.store(toNext, f32x4.max(c9, lowest), 16);
  v128.store(toNext, f32x4.max(c10, lowest), 32);
  v128.store(toNext, f32x4.max(c11, lowest), 48);
  v128.store(toNext, f32x4.max(c12, lowest), 64);
  v128.store(toNext, f32x4.max(c13, lowest), 80);
  v128.store(toNext, f32x4.max(c14, lowest), 96);
  v128.store(toNext, f32x4.max(c15, lowest), 112);
}

/** The same for one strip. */
function multiplyOne(to: usize, begin: usize, list: usize, strip: usize, least: f32): void {
  let c0 = v128.load(begin);
  let c1 = v128.load(begin, 16);
  let c2 = v128.load(begin, 32);
  let c3 = v128.load(begin, 48);
  let c4 = v128.load(begin, 64);
  let c5 = v128.load(begin, 80);
  let c6 = v128.load(begin, 96);
  let c7 = v128.load(begin, 112);
  const end = endOf(list);
  list += headBytes;
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
  const lowest = f32x4.splat(least);
  v128.store(to, f32x4.max(c0, lowest));
  v128.store(to, f32x4.max(c1, lowest), 16);
  v128.store(to, f32x4.max(c2, lowest), 32);
  v128.store(to, f32x4.max(c3, lowest), 48);
  v128.store(to, f32x4.max(c4, lowest), 64);
  v128.store(to, f32x4.max(c5, lowest), 80);
  v128.store(to, f32x4.max(c6, lowest), 96);
  v128.store(to, f32x4.max(c7, lowest), 112);
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
