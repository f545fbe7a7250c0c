// Matrix products of a dense layer, row by row and without packing, for single images: forward, and back to
// the input. Training uses sparse-matmul.ts for its batches.
//
//   M  rows of the batch      K  inputs of the layer      N  outputs of the layer

import { madd } from './sparse-matmul';

/** Inputs that are compressed at a time. */
const blockInputs: i32 = 256;
/** A compressed input: its value, and the address of its row of weights. */
const entryBytes: usize = 8;
/** Four rows of weights are added at a time, to load and store the output a quarter as often. */
const groupBytes: usize = 4 * entryBytes;

/** Bytes of working memory that `denseForward` needs. */
export function scratchBytes(): usize {
  return entryBytes * <usize>blockInputs;
}

/**
 * output[M, N] = input[M, K] · weight[K, N] + bias[N], clamped at 0 if `relu`. Each row of weights
 * is read once, in order; rows whose input is 0 are skipped.
 */
export function denseForward(
  output: usize,
  input: usize,
  weight: usize,
  bias: usize,
  M: i32,
  K: i32,
  N: i32,
  relu: bool,
  scratch: usize,
): void {
  const rowBytes = <usize>N * 4;
  for (let m = 0; m < M; m++) {
    memory.copy(output, bias, rowBytes);
    for (let k = 0; k < K; k += blockInputs) {
      const block = weight + <usize>k * rowBytes;
      const end = compress(scratch, input + <usize>k * 4, block, rowBytes, min(blockInputs, K - k));
      let entry = scratch;
      for (; entry + groupBytes <= end; entry += groupBytes) addFourRows(output, entry, N);
      for (; entry < end; entry += entryBytes) {
        addRow(output, f32.load(entry), <usize>i32.load(entry, 4), N);
      }
    }
    if (relu) {
      for (let at = output; at < output + rowBytes; at += 4) {
        f32.store(at, max<f32>(f32.load(at), 0));
      }
    }
    input += <usize>K * 4;
    output += rowBytes;
  }
}

/** dInput[M, K] = dOutput[M, N] · weight[K, N]ᵀ */
export function denseInputGradient(
  dInput: usize,
  dOutput: usize,
  weight: usize,
  M: i32,
  K: i32,
  N: i32,
): void {
  const rowBytes = <usize>N * 4;
  const whole = K & ~3;
  for (let m = 0; m < M; m++) {
    let row = weight;
    for (let k = 0; k < whole; k += 4) {
      v128.store(dInput, dotFourRows(dOutput, row, rowBytes, N));
      dInput += 16;
      row += 4 * rowBytes;
    }
    for (let k = whole; k < K; k++) {
      f32.store(dInput, f32x4.extract_lane(dotFourRows(dOutput, row, 0, N), 0));
      dInput += 4;
      row += rowBytes;
    }
    dOutput += rowBytes;
  }
}

/**
 * Writes an entry for every non-zero input.
 *
 * @returns the end of the entries
 */
function compress(entries: usize, input: usize, weight: usize, rowBytes: usize, count: i32): usize {
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

/** output[N] += four rows of weights times their values, added in order */
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

/** output[N] += value · row[N] */
function addRow(output: usize, value: f32, row: usize, N: i32): void {
  const x = f32x4.splat(value);
  const end = output + <usize>N * 4;
  while (output + 32 <= end) {
    const low = madd(x, v128.load(row), v128.load(output));
    const high = madd(x, v128.load(row, 16), v128.load(output, 16));
    v128.store(output, low);
    v128.store(output, high, 16);
    output += 32;
    row += 32;
  }
  while (output < end) {
    f32.store(output, f32.load(output) + value * f32.load(row));
    output += 4;
    row += 4;
  }
}

/** The dot products of values[N] with four rows that are `rowBytes` apart, one in each lane. */
function dotFourRows(values: usize, row: usize, rowBytes: usize, N: i32): v128 {
  let row1 = row + rowBytes;
  let row2 = row1 + rowBytes;
  let row3 = row2 + rowBytes;
  let sums = f32x4.splat(0);
  const end = values + <usize>N * 4;
  while (values + 16 <= end) {
    // A transposed block of 4 × 4: column n holds value n of each row.
    const a = v128.load(row);
    const b = v128.load(row1);
    const c = v128.load(row2);
    const d = v128.load(row3);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    sums = madd(v128.load_splat<f32>(values), v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), sums);
    sums = madd(v128.load_splat<f32>(values, 4), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), sums);
    sums = madd(v128.load_splat<f32>(values, 8), v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5), sums);
    sums = madd(v128.load_splat<f32>(values, 12), v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7), sums);
    values += 16;
    row += 16;
    row1 += 16;
    row2 += 16;
    row3 += 16;
  }
  while (values < end) {
    let column = v128.load_splat<f32>(row);
    column = f32x4.replace_lane(column, 1, f32.load(row1));
    column = f32x4.replace_lane(column, 2, f32.load(row2));
    column = f32x4.replace_lane(column, 3, f32.load(row3));
    sums = madd(v128.load_splat<f32>(values), column, sums);
    values += 4;
    row += 4;
    row1 += 4;
    row2 += 4;
    row3 += 4;
  }
  return sums;
}
