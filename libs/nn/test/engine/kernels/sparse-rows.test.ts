// The products of sparse rows with panels, on every backend, against an oracle in float64.

import test from 'ava';
import type { Kernels } from '../../../src/engine/kernels/kernels.ts';
import { loopKernels } from '../../../src/engine/kernels/loops.ts';
import { panelsLength } from '../../../src/engine/kernels/panels.ts';
import { createSparseRows, rowMajor } from '../../../src/engine/kernels/sparse-rows.ts';
import { createSharedWasmKernels, createWasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { Random } from '../../../src/engine/random.ts';

const backends: [name: string, kernels: Kernels][] = [
  ['loops', loopKernels],
  ['plain', createWasmKernels('plain')],
  ['relaxed', createWasmKernels('relaxed')],
  ['shared plain', createSharedWasmKernels('plain')],
  ['shared relaxed', createSharedWasmKernels('relaxed')],
];

/** Around every edge: of four values, a panel of 32, two of them, and a segment of 24 columns. */
const shapes = [
  { M: 1, K: 1, N: 1 },
  { M: 2, K: 3, N: 5 },
  { M: 4, K: 4, N: 32 },
  { M: 7, K: 11, N: 31 },
  { M: 5, K: 8, N: 33 },
  { M: 63, K: 65, N: 10 },
  { M: 65, K: 63, N: 67 },
  { M: 3, K: 49, N: 64 },
  { M: 24, K: 24, N: 96 },
  { M: 25, K: 23, N: 129 },
];

function filled(kernels: Kernels, length: number, random: Random): Float32Array {
  const values = kernels.allocate(length);
  for (let i = 0; i < length; i++) values[i] = random.uniform() < 0.6 ? 0 : random.normal();
  return values;
}

function sum(length: number, term: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += term(i);
  return total;
}

function closeTo(actual: Float32Array, expected: readonly number[]): boolean {
  return (
    actual.length === expected.length &&
    expected.every((value, i) => Math.abs(value - actual[i]!) <= 5e-5 * (1 + Math.abs(value)))
  );
}

function table(rows: number, columns: number, value: (row: number, column: number) => number) {
  return Array.from({ length: rows * columns }, (_, i) =>
    value(Math.floor(i / columns), i % columns),
  );
}

for (const [name, kernels] of backends) {
  for (const shape of shapes) {
    const { M, K, N } = shape;
    const sizes = `${M}×${K}×${N}`;
    const random = new Random(M + K + N);
    const input = filled(kernels, M * K, random);
    const weight = filled(kernels, K * N, random);
    const dOutput = filled(kernels, M * N, random);
    const bias = filled(kernels, N, random);
    const panels = kernels.allocate(panelsLength(K, N)).fill(9);
    kernels.packPanels(panels, weight, { rows: K, columns: N, panelRows: K });
    const panelCount = Math.ceil(N / 32);
    const product = (m: number, n: number) => sum(K, k => input[m * K + k]! * weight[k * N + n]!);

    /** The input as sparse rows, compressed in two calls where a segment begins. */
    const compressed = (segmentLength: number) => {
      const sparseRows = createSparseRows(kernels, M + 1, K, segmentLength);
      const middle = segmentLength * Math.floor(K / segmentLength / 2);
      const all = rowMajor(M, K);
      kernels.compressRows(sparseRows, input, { ...all, endColumn: middle });
      kernels.compressRows(sparseRows, input, { ...all, firstColumn: middle });
      return sparseRows;
    };
    const widened = (values: Float32Array) => {
      const wide = kernels.allocate(32 * panelCount);
      wide.set(values);
      return wide;
    };
    /** The first N of each row. */
    const cut = (values: Float32Array, rows: number) =>
      Float32Array.from(table(rows, N, (row, column) => values[row * 32 * panelCount + column]!));
    const rowByRow = { panelCount, rowStride: 32 * panelCount, panelStride: 32 };

    test(`${name}: panels unpack to the matrix they were packed from, at ${sizes}`, t => {
      const unpacked = kernels.allocate(K * N).fill(9);
      kernels.unpackPanels(unpacked, panels, { rows: K, columns: N, panelRows: K });
      t.deepEqual(unpacked, weight);
    });

    for (const segmentLength of [4, 24, 128]) {
      test(`${name}: sparse rows times panels, bias and ReLU, at ${sizes}, segments of ${segmentLength}`, t => {
        const output = kernels.allocate(M * 32 * panelCount).fill(9);
        const shape = { firstRow: 0, rows: M, depth: K, panelRows: K, ...rowByRow };
        const factors = { sparseRows: compressed(segmentLength), panels, bias: widened(bias) };
        kernels.sparseMatmul(output, factors, shape, 'relu');
        const expected = table(M, N, (m, n) => Math.max(0, bias[n]! + product(m, n)));
        t.true(closeTo(cut(output, M), expected));
      });

      test(`${name}: the last sparse rows times panels, no bias, at ${sizes}, segments of ${segmentLength}`, t => {
        const from = Math.floor(M / 2);
        const rows = M - from;
        const output = kernels.allocate(rows * 32 * panelCount).fill(9);
        const shape = { firstRow: from, rows, depth: K, panelRows: K, ...rowByRow };
        const factors = { sparseRows: compressed(segmentLength), panels };
        kernels.sparseMatmul(output, factors, shape, 'identity');
        const expected = table(rows, N, (m, n) => product(from + m, n));
        t.true(closeTo(cut(output, rows), expected));
      });

      test(`${name}: sparse columns times panels with spare rows, at ${sizes}, segments of ${segmentLength}`, t => {
        const capacity = M + 3;
        const dPanels = kernels.allocate(panelsLength(capacity, N)).fill(9);
        const half = Math.floor(M / 2);
        const packed = { columns: N, panelRows: capacity };
        kernels.packPanels(dPanels, dOutput, { rows: half, ...packed });
        const rest = dOutput.subarray(half * N);
        kernels.packPanels(dPanels.subarray(32 * half), rest, { rows: M - half, ...packed });
        const columns = createSparseRows(kernels, K, capacity, segmentLength);
        kernels.transposeSparseRows(columns, compressed(24), {
          rows: M,
          firstColumn: 0,
          endColumn: K,
        });
        const output = kernels.allocate(32 * panelCount * K).fill(9);
        const shape = { firstRow: 0, rows: K, depth: M, panelCount, panelRows: capacity };
        const strides = { rowStride: 32, panelStride: 32 * K };
        kernels.sparseMatmul(
          output,
          { sparseRows: columns, panels: dPanels },
          { ...shape, ...strides },
          'identity',
        );
        const unpacked = kernels.allocate(K * N);
        kernels.unpackPanels(unpacked, output, { rows: K, columns: N, panelRows: K });
        const expected = table(K, N, (k, n) =>
          sum(M, m => input[m * K + k]! * dOutput[m * N + n]!),
        );
        t.true(closeTo(unpacked, expected));
      });
    }

    test(`${name}: rows of panels times transposed panels, packed in two parts, at ${sizes}`, t => {
      const capacity = 32 * panelCount;
      const transposed = kernels.allocate(panelsLength(capacity, K));
      const half = 4 * Math.floor(K / 8);
      for (const [from, to] of [
        [0, half],
        [half, K],
      ] as const) {
        const rows = { rows: to - from, columns: N, firstColumn: from, panelRows: capacity };
        kernels.packTransposedPanels(transposed, weight.subarray(from * N), rows);
      }
      const dPanels = kernels.allocate(panelsLength(M, N));
      kernels.packPanels(dPanels, dOutput, { rows: M, columns: N, panelRows: M });
      const sparseRows = createSparseRows(kernels, M, capacity, 128);
      const whole = { firstRow: 0, rows: M, firstColumn: 0, endColumn: capacity };
      kernels.compressRows(sparseRows, dPanels, { panelWidth: 32, panelRows: M, ...whole });
      const dInput = kernels.allocate(panelsLength(M, K)).fill(9);
      const shape = { firstRow: 0, rows: M, depth: capacity, panelCount: Math.ceil(K / 32) };
      const strides = { panelRows: capacity, rowStride: 32, panelStride: 32 * M };
      kernels.sparseMatmul(
        dInput,
        { sparseRows, panels: transposed },
        { ...shape, ...strides },
        'identity',
      );
      const unpacked = kernels.allocate(M * K);
      kernels.unpackPanels(unpacked, dInput, { rows: M, columns: K, panelRows: M });
      const expected = table(M, K, (m, k) => sum(N, n => dOutput[m * N + n]! * weight[k * N + n]!));
      t.true(closeTo(unpacked, expected));
    });

    test(`${name}: the sum over rows at ${sizes}`, t => {
      const sums = kernels.allocate(N).fill(9);
      kernels.sumRows(sums, dOutput, shape);
      t.true(
        closeTo(
          sums,
          table(1, N, (_, n) => sum(M, m => dOutput[m * N + n]!)),
        ),
      );
    });
  }

  test(`${name}: the gradient of a part of a batch is divided by the whole batch`, t => {
    const dLogits = kernels.allocate(3);
    const shape = { M: 1, N: 3, labelSmoothing: 0, meanOver: 5 };
    kernels.softmaxCrossEntropy(dLogits, kernels.allocate(3), kernels.allocateLabels(1), shape);
    t.true(closeTo(dLogits, [-2 / 15, 1 / 15, 1 / 15]));
  });
}
