// C[M, N] += A[M, K] · B[K, N], blocked and packed after Goto and van de Geijn, "Anatomy of
// High-Performance Matrix Multiplication" (2008): a panel of B stays in the first cache while all
// panels of a block of A, which stays in the second, go past it.

import { madd } from './madd';
import {
  packColumns,
  packedColumnBytes,
  packedRowBytes,
  packRows,
  tileColumns,
  tileRows,
} from './pack';

/** Steps in a block: a panel of B is 8 KiB, one of A 6 KiB. */
const blockSteps: i32 = 256;
/** Rows in a block of A, a multiple of tileRows: 96 KiB. */
const blockRows: i32 = 96;
/** Columns in a block of B, a multiple of tileColumns: 1 MiB. */
const blockColumns: i32 = 1024;

const tileBytes: usize = 4 * tileRows * tileColumns;
const countBytes: usize = 4 * (blockRows / tileRows);
const offsetBytes: usize = countBytes * blockSteps;
const rowBytes: usize = 4 * blockRows * blockSteps;
const columnBytes: usize = 4 * blockColumns * blockSteps;

/** Memory that `multiply` needs besides its arguments. */
export const multiplyScratchBytes: usize =
  tileBytes + countBytes + offsetBytes + rowBytes + columnBytes;

/**
 * A, B and C are addresses; the value of row i and step k of A lies at a + i · aRowStride +
 * k · aStepStride, and so on, in bytes, which makes a transposed factor a matter of strides. C is
 * dense and is added to. With `relu`, negative sums end as 0.
 */
export function multiply(
  c: usize,
  a: usize,
  aRowStride: usize,
  aStepStride: usize,
  b: usize,
  bStepStride: usize,
  bColumnStride: usize,
  M: i32,
  K: i32,
  N: i32,
  relu: bool,
  scratch: usize,
): void {
  const tile = scratch;
  const counts = tile + tileBytes;
  const offsets = counts + countBytes;
  const packedA = offsets + offsetBytes;
  const packedB = packedA + rowBytes;
  const cStride = <usize>N * 4;
  for (let n = 0; n < N; n += blockColumns) {
    const columns = min(blockColumns, N - n);
    for (let k = 0; k < K; k += blockSteps) {
      const steps = min(blockSteps, K - k);
      // ReLU only when the sum is complete.
      const cut = relu && k + steps == K;
      const fromB = b + <usize>k * bStepStride + <usize>n * bColumnStride;
      packColumns(packedB, fromB, bStepStride, bColumnStride, columns, steps);
      for (let m = 0; m < M; m += blockRows) {
        const rows = min(blockRows, M - m);
        const fromA = a + <usize>m * aRowStride + <usize>k * aStepStride;
        packRows(packedA, offsets, counts, fromA, aRowStride, aStepStride, rows, steps);
        const toC = c + <usize>m * cStride + <usize>n * 4;
        multiplyBlock(
          toC,
          cStride,
          packedA,
          offsets,
          counts,
          packedB,
          rows,
          columns,
          steps,
          cut,
          tile,
        );
      }
    }
  }
}

/** The product of a packed block of A with a packed block of B, tile by tile. */
function multiplyBlock(
  c: usize,
  cStride: usize,
  packedA: usize,
  offsets: usize,
  counts: usize,
  packedB: usize,
  rows: i32,
  columns: i32,
  steps: i32,
  relu: bool,
  tile: usize,
): void {
  for (let n = 0; n < columns; n += tileColumns) {
    const panelB = packedB + <usize>((n / tileColumns) * steps) * packedColumnBytes;
    for (let m = 0; m < rows; m += tileRows) {
      const panel = m / tileRows;
      const panelA = packedA + <usize>(panel * steps) * packedRowBytes;
      const panelOffsets = offsets + <usize>(panel * steps) * 4;
      const kept = i32.load(counts + <usize>panel * 4);
      const toC = c + <usize>m * cStride + <usize>n * 4;
      const height = min(tileRows, rows - m);
      const width = min(tileColumns, columns - n);
      if (height == tileRows && width == tileColumns) {
        multiplyTile(toC, cStride, panelA, panelOffsets, panelB, kept, relu);
        continue;
      }
      // At an edge the whole tile is computed aside, and the part that exists copied.
      copyTile(tile, packedColumnBytes, toC, cStride, height, width);
      multiplyTile(tile, packedColumnBytes, panelA, panelOffsets, panelB, kept, relu);
      copyTile(toC, cStride, tile, packedColumnBytes, height, width);
    }
  }
}

function copyTile(
  to: usize,
  toStride: usize,
  from: usize,
  fromStride: usize,
  height: i32,
  width: i32,
): void {
  for (let i = 0; i < height; i++) {
    memory.copy(to + <usize>i * toStride, from + <usize>i * fromStride, <usize>width * 4);
  }
}

/**
 * The micro-kernel: adds 6 rows of A times 8 columns of B to a tile of C. The accumulators stay in
 * registers over all steps; a step reads 8 values of B once and each of 6 values of A once.
 */
function multiplyTile(
  c: usize,
  cStride: usize,
  a: usize,
  offsets: usize,
  panelB: usize,
  steps: i32,
  relu: bool,
): void {
  const r0 = c;
  const r1 = r0 + cStride;
  const r2 = r1 + cStride;
  const r3 = r2 + cStride;
  const r4 = r3 + cStride;
  const r5 = r4 + cStride;
  let c00 = v128.load(r0);
  let c01 = v128.load(r0, 16);
  let c10 = v128.load(r1);
  let c11 = v128.load(r1, 16);
  let c20 = v128.load(r2);
  let c21 = v128.load(r2, 16);
  let c30 = v128.load(r3);
  let c31 = v128.load(r3, 16);
  let c40 = v128.load(r4);
  let c41 = v128.load(r4, 16);
  let c50 = v128.load(r5);
  let c51 = v128.load(r5, 16);
  for (let k = 0; k < steps; k++) {
    const b = panelB + <usize>i32.load(offsets);
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    c00 = madd(x, b0, c00);
    c01 = madd(x, b1, c01);
    x = v128.load_splat<f32>(a, 4);
    c10 = madd(x, b0, c10);
    c11 = madd(x, b1, c11);
    x = v128.load_splat<f32>(a, 8);
    c20 = madd(x, b0, c20);
    c21 = madd(x, b1, c21);
    x = v128.load_splat<f32>(a, 12);
    c30 = madd(x, b0, c30);
    c31 = madd(x, b1, c31);
    x = v128.load_splat<f32>(a, 16);
    c40 = madd(x, b0, c40);
    c41 = madd(x, b1, c41);
    x = v128.load_splat<f32>(a, 20);
    c50 = madd(x, b0, c50);
    c51 = madd(x, b1, c51);
    offsets += 4;
    a += packedRowBytes;
  }
  // max(x, −∞) leaves a value as it is, max(x, 0) is ReLU.
  const least = f32x4.splat(relu ? 0 : -Infinity);
  v128.store(r0, f32x4.max(c00, least));
  v128.store(r0, f32x4.max(c01, least), 16);
  v128.store(r1, f32x4.max(c10, least));
  v128.store(r1, f32x4.max(c11, least), 16);
  v128.store(r2, f32x4.max(c20, least));
  v128.store(r2, f32x4.max(c21, least), 16);
  v128.store(r3, f32x4.max(c30, least));
  v128.store(r3, f32x4.max(c31, least), 16);
  v128.store(r4, f32x4.max(c40, least));
  v128.store(r4, f32x4.max(c41, least), 16);
  v128.store(r5, f32x4.max(c50, least));
  v128.store(r5, f32x4.max(c51, least), 16);
}
