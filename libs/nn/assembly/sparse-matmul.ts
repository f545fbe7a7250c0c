// The product of sparse rows (sparse-rows.ts) with a matrix in panels (panels.ts).

import { panelRowBytes } from './panels';
import { endOf, entryBytes, headBytes, prefetchSegments, segmentBytes } from './sparse-rows';

/** The initial sums if there is no bias. */
const zeros = memory.data(256);

/**
 * output[rows, 32 · panelCount] = rows firstRow … firstRow + rows − 1 of the sparse rows, up to
 * column `depth`, · panels[panelCount, panelRows, 32] + bias[32 · panelCount], clamped at 0 if
 * `relu`; address 0 means no bias. Two panels of one segment stay in the first-level cache for all rows.
 */
export function sparseMatmul(
  output: usize,
  rowStrideBytes: i32,
  panelStrideBytes: i32,
  sparseRows: usize,
  capacity: i32,
  segmentLength: i32,
  firstRow: i32,
  rows: i32,
  depth: i32,
  panels: usize,
  panelRows: i32,
  panelCount: i32,
  bias: usize,
  relu: bool,
): void {
  const bytes = segmentBytes(segmentLength);
  const panelBytes = <usize>panelRows * panelRowBytes;
  let panel = 0;
  while (panel < panelCount) {
    const isPair = panel + 2 <= panelCount;
    for (let k = 0; k < depth; k += segmentLength) {
      let segment = sparseRows + <usize>((k / segmentLength) * capacity + firstRow) * bytes;
      if (panel == 0) prefetchSegments(segment, bytes, rows);
      let to = output;
      const row = panels + <usize>k * panelRowBytes;
      // ReLU is applied only to the complete sum; max(x, −∞) = x.
      const minimum: f32 = relu && k + segmentLength >= depth ? 0 : -Infinity;
      for (let i = 0; i < rows; i++) {
        const sums = k > 0 ? to : bias != 0 ? bias : zeros;
        const sumStride = k > 0 ? <usize>panelStrideBytes : panelRowBytes;
        if (isPair) {
          multiplyTwo(
            to,
            <usize>panelStrideBytes,
            sums,
            sumStride,
            segment,
            row,
            panelBytes,
            minimum,
          );
        } else {
          multiplyOne(to, sums, segment, row, minimum);
        }
        segment += bytes;
        to += <usize>rowStrideBytes;
      }
    }
    const done = isPair ? 2 : 1;
    panel += done;
    output += <usize>done * <usize>panelStrideBytes;
    panels += <usize>done * panelBytes;
    if (bias != 0) bias += <usize>done * panelRowBytes;
  }
}

/** The micro-kernel: one row times two panels, with the 64 sums in registers for the whole segment. */
function multiplyTwo(
  to: usize,
  toStride: usize,
  sums: usize,
  sumStride: usize,
  segment: usize,
  panel: usize,
  panelBytes: usize,
  minimum: f32,
): void {
  const nextSums = sums + sumStride;
  let c0 = v128.load(sums);
  let c1 = v128.load(sums, 16);
  let c2 = v128.load(sums, 32);
  let c3 = v128.load(sums, 48);
  let c4 = v128.load(sums, 64);
  let c5 = v128.load(sums, 80);
  let c6 = v128.load(sums, 96);
  let c7 = v128.load(sums, 112);
  let c8 = v128.load(nextSums);
  let c9 = v128.load(nextSums, 16);
  let c10 = v128.load(nextSums, 32);
  let c11 = v128.load(nextSums, 48);
  let c12 = v128.load(nextSums, 64);
  let c13 = v128.load(nextSums, 80);
  let c14 = v128.load(nextSums, 96);
  let c15 = v128.load(nextSums, 112);
  const end = endOf(segment);
  let entry = segment + headBytes;
  while (entry < end) {
    const x = v128.load_splat<f32>(entry);
    const row = panel + <usize>i32.load(entry, 4);
    const next = row + panelBytes;
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
    entry += entryBytes;
  }
  const lowest = f32x4.splat(minimum);
  const toNext = to + toStride;
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

/** As `multiplyTwo`, for one panel. */
function multiplyOne(to: usize, sums: usize, segment: usize, panel: usize, minimum: f32): void {
  let c0 = v128.load(sums);
  let c1 = v128.load(sums, 16);
  let c2 = v128.load(sums, 32);
  let c3 = v128.load(sums, 48);
  let c4 = v128.load(sums, 64);
  let c5 = v128.load(sums, 80);
  let c6 = v128.load(sums, 96);
  let c7 = v128.load(sums, 112);
  const end = endOf(segment);
  let entry = segment + headBytes;
  while (entry < end) {
    const x = v128.load_splat<f32>(entry);
    const row = panel + <usize>i32.load(entry, 4);
    c0 = madd(x, v128.load(row), c0);
    c1 = madd(x, v128.load(row, 16), c1);
    c2 = madd(x, v128.load(row, 32), c2);
    c3 = madd(x, v128.load(row, 48), c3);
    c4 = madd(x, v128.load(row, 64), c4);
    c5 = madd(x, v128.load(row, 80), c5);
    c6 = madd(x, v128.load(row, 96), c6);
    c7 = madd(x, v128.load(row, 112), c7);
    entry += entryBytes;
  }
  const lowest = f32x4.splat(minimum);
  v128.store(to, f32x4.max(c0, lowest));
  v128.store(to, f32x4.max(c1, lowest), 16);
  v128.store(to, f32x4.max(c2, lowest), 32);
  v128.store(to, f32x4.max(c3, lowest), 48);
  v128.store(to, f32x4.max(c4, lowest), 64);
  v128.store(to, f32x4.max(c5, lowest), 80);
  v128.store(to, f32x4.max(c6, lowest), 96);
  v128.store(to, f32x4.max(c7, lowest), 112);
}

/**
 * a · b + c, lane by lane: the only operation in which the two variants of the module differ. With
 * relaxed SIMD it is a fused instruction, rounded once, if the processor has one; otherwise a product
 * and a sum, rounded twice. The compiler inlines it.
 */
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
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
