// Every backend against an oracle that computes in float64 from the definitions.
import test from 'ava';
import type { Kernels } from '../../src/kernels/kernels.ts';
import { loopKernels } from '../../src/kernels/loops.ts';
import { Random } from '../../src/random.ts';

const backends: Kernels[] = [loopKernels];
const shapes = [
  { M: 1, K: 1, N: 1 },
  { M: 2, K: 3, N: 5 },
  { M: 7, K: 11, N: 13 },
  { M: 0, K: 3, N: 5 },
  { M: 5, K: 31, N: 17 },
];

function filled(kernels: Kernels, length: number, random: Random): Float32Array {
  const values = kernels.allocate(length);
  for (let i = 0; i < length; i++) values[i] = random.uniform() < 0.3 ? 0 : random.normal();
  return values;
}

function closeTo(actual: Float32Array, expected: readonly number[]): boolean {
  return (
    actual.length === expected.length &&
    expected.every((value, i) => Math.abs(value - actual[i]!) <= 1e-5 * (1 + Math.abs(value)))
  );
}

/** Σ over `length` of term(i), in float64. */
function sum(length: number, term: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += term(i);
  return total;
}

for (const kernels of backends) {
  for (const shape of shapes) {
    const { M, K, N } = shape;
    const sizes = `${M}×${K}×${N}`;
    const random = new Random(1);
    const input = filled(kernels, M * K, random);
    const weight = filled(kernels, K * N, random);
    const bias = filled(kernels, N, random);
    const dOutput = filled(kernels, M * N, random);
    const affine = (m: number, n: number) =>
      bias[n]! + sum(K, k => input[m * K + k]! * weight[k * N + n]!);
    const overRows = (value: (m: number, n: number) => number) =>
      Array.from({ length: M * N }, (_, i) => value(Math.floor(i / N), i % N));

    test(`${kernels.name}: the forward pass is input · weight + bias at ${sizes}`, t => {
      const output = kernels.allocate(M * N);
      kernels.denseForward(output, input, weight, bias, shape, 'identity');
      t.true(closeTo(output, overRows(affine)));
    });

    test(`${kernels.name}: ReLU cuts the forward pass at 0 at ${sizes}`, t => {
      const output = kernels.allocate(M * N);
      kernels.denseForward(output, input, weight, bias, shape, 'relu');
      t.true(
        closeTo(
          output,
          overRows((m, n) => Math.max(0, affine(m, n))),
        ),
      );
    });

    test(`${kernels.name}: the gradients by weight and bias overwrite what was there at ${sizes}`, t => {
      const dWeight = kernels.allocate(K * N).fill(9);
      const dBias = kernels.allocate(N).fill(9);
      kernels.denseParameterGradients(dWeight, dBias, input, dOutput, shape);
      const expected = Array.from({ length: K * N }, (_, i) =>
        sum(M, m => input[m * K + Math.floor(i / N)]! * dOutput[m * N + (i % N)]!),
      );
      t.true(closeTo(dWeight, expected));
      const columns = Array.from({ length: N }, (_, n) => sum(M, m => dOutput[m * N + n]!));
      t.true(closeTo(dBias, columns));
    });

    test(`${kernels.name}: the gradient by the input is dOutput · weightᵀ at ${sizes}`, t => {
      const dInput = kernels.allocate(M * K);
      kernels.denseInputGradient(dInput, dOutput, weight, shape);
      const expected = Array.from({ length: M * K }, (_, i) =>
        sum(N, n => dOutput[Math.floor(i / K) * N + n]! * weight[(i % K) * N + n]!),
      );
      t.true(closeTo(dInput, expected));
    });

    test(`${kernels.name}: softmax and cross-entropy agree with their definitions at ${sizes}`, t => {
      const labels = Uint8Array.from({ length: M }, (_, m) => (3 * m) % N);
      const dLogits = kernels.allocate(M * N);
      const loss = kernels.softmaxCrossEntropy(dLogits, dOutput, labels, { M, N });
      const probability = (m: number, n: number) =>
        Math.exp(dOutput[m * N + n]!) / sum(N, other => Math.exp(dOutput[m * N + other]!));
      const expected = sum(M, m => -Math.log(probability(m, labels[m]!)));
      t.true(Math.abs(loss - expected) < 1e-4);
      t.true(
        closeTo(
          dLogits,
          overRows((m, n) => (probability(m, n) - Number(n === labels[m])) / M),
        ),
      );
    });
  }

  test(`${kernels.name}: softmax stays finite with logits that would overflow exp`, t => {
    const dLogits = kernels.allocate(3);
    const logits = Float32Array.of(2000, -2000, 0);
    const loss = kernels.softmaxCrossEntropy(dLogits, logits, Uint8Array.of(1), { M: 1, N: 3 });
    t.is(loss, 4000);
    t.deepEqual([...dLogits], [1, -1, 0]);
  });

  test(`${kernels.name}: the gradient of ReLU is cut where its output is 0`, t => {
    const dValues = Float32Array.of(1, 2, 3, 4);
    kernels.reluGradient(dValues, Float32Array.of(0, 0.5, -1, 2), 4);
    t.deepEqual([...dValues], [0, 2, 0, 4]);
  });

  test(`${kernels.name}: a step with momentum adds to the velocity and moves against it`, t => {
    const parameter = Float32Array.of(1, -1);
    const velocity = Float32Array.of(0.5, 0);
    const step = { learningRate: 0.25, momentum: 0.5 };
    kernels.momentumStep(parameter, velocity, Float32Array.of(1, 2), step);
    t.deepEqual([...velocity], [1.25, 2]);
    t.deepEqual([...parameter], [0.6875, -1.5]);
  });

  test(`${kernels.name}: allocated memory is zeroed`, t => {
    t.true(kernels.allocate(17).every(value => value === 0));
  });
}
