// One picture through a dense layer: a vector times a matrix, with nothing packed. Each weight is
// needed once, so the weights go by in the order in which they lie, and the rows of weights that
// belong to a zero, in the picture or behind a ReLU, are not read at all.

import { madd } from './madd';

/** Inputs that are looked at in one go. */
const blockInputs: i32 = 256;

const entryBytes: usize = 8;
/** Four rows are added in one go: the output is then read and written a quarter as often. */
const groupBytes: usize = 4 * entryBytes;

/** Memory that `multiplyRow` needs besides its arguments. */
export const rowScratchBytes: usize = entryBytes * <usize>blockInputs;

/** output[N] += input[K] · weight[K, N], then cut at 0 if `relu` */
export function multiplyRow(
  output: usize,
  input: usize,
  weight: usize,
  K: i32,
  N: i32,
  relu: bool,
  scratch: usize,
): void {
  const rowBytes = <usize>N * 4;
  for (let k = 0; k < K; k += blockInputs) {
    const from = input + <usize>k * 4;
    const end = listNonZeros(scratch, from, weight, rowBytes, min(blockInputs, K - k));
    let entry = scratch;
    for (; entry + groupBytes <= end; entry += groupBytes) {
      addFourRows(output, entry, N);
    }
    for (; entry < end; entry += entryBytes) addRow(output, entry, N);
    weight += <usize>blockInputs * rowBytes;
  }
  if (!relu) return;
  for (let n = 0; n < N; n++) {
    const at = output + <usize>n * 4;
    f32.store(at, max<f32>(f32.load(at), 0));
  }
}

/**
 * Writes for every input that is not 0 its value and the address of its row of weights.
 *
 * @returns the end of what was written
 */
function listNonZeros(
  entries: usize,
  input: usize,
  weight: usize,
  rowBytes: usize,
  count: i32,
): usize {
  for (let k = 0; k < count; k++) {
    const value = f32.load(input);
    f32.store(entries, value);
    i32.store(entries, <i32>weight, 4);
    entries += value != 0 ? entryBytes : 0;
    input += 4;
    weight += rowBytes;
  }
  return entries;
}

/** output[N] += the sum of four rows of weights, each times its value, one after the other. */
function addFourRows(output: usize, entries: usize, N: i32): void {
  const value0 = f32.load(entries);
  const value1 = f32.load(entries, 8);
  const value2 = f32.load(entries, 16);
  const value3 = f32.load(entries, 24);
  const x0 = f32x4.splat(value0);
  const x1 = f32x4.splat(value1);
  const x2 = f32x4.splat(value2);
  const x3 = f32x4.splat(value3);
  let w0 = <usize>i32.load(entries, 4);
  let w1 = <usize>i32.load(entries, 12);
  let w2 = <usize>i32.load(entries, 20);
  let w3 = <usize>i32.load(entries, 28);
  const end = output + <usize>N * 4;
  while (output + 32 <= end) {
    let low = v128.load(output);
    let high = v128.load(output, 16);
    low = madd(x0, v128.load(w0), low);
    high = madd(x0, v128.load(w0, 16), high);
    low = madd(x1, v128.load(w1), low);
    high = madd(x1, v128.load(w1, 16), high);
    low = madd(x2, v128.load(w2), low);
    high = madd(x2, v128.load(w2, 16), high);
    low = madd(x3, v128.load(w3), low);
    high = madd(x3, v128.load(w3, 16), high);
    v128.store(output, low);
    v128.store(output, high, 16);
    output += 32;
    w0 += 32;
    w1 += 32;
    w2 += 32;
    w3 += 32;
  }
  while (output < end) {
    let sum = f32.load(output);
    sum += value0 * f32.load(w0);
    sum += value1 * f32.load(w1);
    sum += value2 * f32.load(w2);
    sum += value3 * f32.load(w3);
    f32.store(output, sum);
    output += 4;
    w0 += 4;
    w1 += 4;
    w2 += 4;
    w3 += 4;
  }
}

/** output[N] += one row of weights times its value */
function addRow(output: usize, entry: usize, N: i32): void {
  const value = f32.load(entry);
  const x = f32x4.splat(value);
  let w = <usize>i32.load(entry, 4);
  const end = output + <usize>N * 4;
  while (output + 32 <= end) {
    const low = madd(x, v128.load(w), v128.load(output));
    const high = madd(x, v128.load(w, 16), v128.load(output, 16));
    v128.store(output, low);
    v128.store(output, high, 16);
    output += 32;
    w += 32;
  }
  while (output < end) {
    f32.store(output, f32.load(output) + value * f32.load(w));
    output += 4;
    w += 4;
  }
}
