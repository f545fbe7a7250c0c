// The products with a factor in panels, on every backend, against an oracle in float64.
import test from 'ava';
import { type Kernels, panelsLength } from '../../src/kernels/kernels.ts';
import { loopKernels } from '../../src/kernels/loops.ts';
import { createSharedWasmKernels, createWasmKernels } from '../../src/kernels/wasm.ts';
import { Random } from '../../src/random.ts';

const backends: [name: string, kernels: Kernels][] = [
  ['loops', loopKernels],
  ['plain', createWasmKernels('plain')],
  ['relaxed', createWasmKernels('relaxed')],
  ['shared plain', createSharedWasmKernels('plain')],
  ['shared relaxed', createSharedWasmKernels('relaxed')],
];

/** Around every edge: of four values, a strip of 32, a block of 64 rows by 2048 steps, and of zero. */
const shapes = [
  { M: 0, K: 3, N: 5 },
  { M: 1, K: 1, N: 1 },
  { M: 2, K: 3, N: 5 },
  { M: 4, K: 4, N: 32 },
  { M: 7, K: 11, N: 31 },
  { M: 5, K: 8, N: 33 },
  { M: 63, K: 65, N: 10 },
  { M: 65, K: 63, N: 67 },
  { M: 3, K: 2049, N: 34 },
  { M: 2051, K: 5, N: 3 },
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
    kernels.packPanels(panels, weight, { rows: K, columns: N, capacity: K });
    const product = (m: number, n: number) => sum(K, k => input[m * K + k]! * weight[k * N + n]!);

    test(`${name}: rows times panels, with bias and ReLU, at ${sizes}`, t => {
      const output = kernels.allocate(M * N).fill(9);
      kernels.multiplyRows(output, input, panels, bias, shape, 'relu');
      const expected = table(M, N, (m, n) => Math.max(0, bias[n]! + product(m, n)));
      t.true(closeTo(output, expected));
    });

    test(`${name}: rows times panels, without either, at ${sizes}`, t => {
      const output = kernels.allocate(M * N).fill(9);
      kernels.multiplyRows(output, input, panels, null, shape, 'identity');
      t.true(closeTo(output, table(M, N, product)));
    });

    test(`${name}: rows times transposed panels, packed in two parts, at ${sizes}`, t => {
      const transposed = kernels.allocate(panelsLength(N, K));
      const half = 4 * Math.floor(K / 8);
      for (const [from, to] of [
        [0, half],
        [half, K],
      ] as const) {
        const rows = { rows: to - from, columns: N, from };
        kernels.packTransposedPanels(transposed, weight.subarray(from * N), rows);
      }
      const dInput = kernels.allocate(M * K).fill(9);
      const back = { M, K: N, N: K };
      kernels.multiplyRows(dInput, dOutput, transposed, null, back, 'identity');
      const expected = table(M, K, (m, k) => sum(N, n => dOutput[m * N + n]! * weight[k * N + n]!));
      t.true(closeTo(dInput, expected));
    });

    test(`${name}: some columns times panels that have room for more rows, at ${sizes}`, t => {
      const capacity = M + 3;
      const dPanels = kernels.allocate(panelsLength(capacity, N)).fill(9);
      const half = Math.floor(M / 2);
      const packed = { columns: N, capacity };
      kernels.packPanels(dPanels, dOutput, { rows: half, ...packed });
      const rest = dOutput.subarray(half * N);
      kernels.packPanels(dPanels.subarray(32 * half), rest, { rows: M - half, ...packed });
      const from = Math.min(2, K - 1);
      const count = K - from;
      const output = kernels.allocate(count * N).fill(9);
      kernels.multiplyColumns(output, input.subarray(Math.min(from, input.length)), dPanels, {
        ...shape,
        count,
        capacity,
      });
      const expected = table(count, N, (k, n) =>
        sum(M, m => input[m * K + from + k]! * dOutput[m * N + n]!),
      );
      t.true(closeTo(output, expected));
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
