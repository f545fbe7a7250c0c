// Every backend against an oracle that computes in float64 from the definitions.

import test from 'ava';
import { chooseKernels } from '../../../src/engine/kernels/choose.ts';
import type { Kernels } from '../../../src/engine/kernels/kernels.ts';
import { loopKernels } from '../../../src/engine/kernels/loops.ts';
import { createWasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { Random } from '../../../src/engine/random.ts';

const backends: Kernels[] = [loopKernels, createWasmKernels('plain'), createWasmKernels('relaxed')];

/** Around every edge: 0, 1, a SIMD vector of 4, groups of 4 inputs and 8 outputs, blocks of 256 inputs. */
const shapes = [
  { M: 1, K: 1, N: 1 },
  { M: 2, K: 3, N: 5 },
  { M: 7, K: 11, N: 13 },
  { M: 0, K: 3, N: 5 },
  { M: 5, K: 31, N: 17 },
  { M: 1, K: 257, N: 37 },
  { M: 1, K: 19, N: 16 },
  { M: 1, K: 5, N: 7 },
  { M: 1, K: 256, N: 8 },
  { M: 1, K: 255, N: 9 },
  { M: 1, K: 521, N: 1031 },
  { M: 1, K: 0, N: 3 },
  { M: 6, K: 256, N: 8 },
  { M: 12, K: 257, N: 9 },
  { M: 97, K: 29, N: 23 },
];

function filled(kernels: Kernels, length: number, random: Random): Float32Array {
  const values = kernels.allocate(length);
  for (let i = 0; i < length; i++) values[i] = random.uniform() < 0.3 ? 0 : random.normal();
  return values;
}

function copied(kernels: Kernels, values: readonly number[]): Float32Array {
  const array = kernels.allocate(values.length);
  array.set(values);
  return array;
}

function closeTo(actual: Float32Array, expected: readonly number[]): boolean {
  return (
    actual.length === expected.length &&
    expected.every((value, i) => Math.abs(value - actual[i]!) <= 5e-5 * (1 + Math.abs(value)))
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
      kernels.denseForward(output, input, { weight, bias, activation: 'identity' }, shape);
      t.true(closeTo(output, overRows(affine)));
    });

    test(`${kernels.name}: ReLU cuts the forward pass at 0 at ${sizes}`, t => {
      const output = kernels.allocate(M * N);
      kernels.denseForward(output, input, { weight, bias, activation: 'relu' }, shape);
      t.true(
        closeTo(
          output,
          overRows((m, n) => Math.max(0, affine(m, n))),
        ),
      );
    });

    test(`${kernels.name}: the gradient by the input is dOutput · weightᵀ at ${sizes}`, t => {
      const dInput = kernels.allocate(M * K);
      kernels.denseInputGradient(dInput, dOutput, weight, shape);
      const expected = Array.from({ length: M * K }, (_, i) =>
        sum(N, n => dOutput[Math.floor(i / K) * N + n]! * weight[(i % K) * N + n]!),
      );
      t.true(closeTo(dInput, expected));
    });

    for (const labelSmoothing of [0, 0.25]) {
      test(`${kernels.name}: softmax and cross-entropy with smoothing ${labelSmoothing} agree with their definitions at ${sizes}`, t => {
        const labels = kernels.allocateLabels(M);
        for (let m = 0; m < M; m++) labels[m] = (3 * m) % N;
        const dLogits = kernels.allocate(M * N);
        const loss = kernels.softmaxCrossEntropy(dLogits, dOutput, labels, {
          M,
          N,
          labelSmoothing,
        });
        const sums = Array.from({ length: M }, (_, m) =>
          sum(N, n => Math.exp(dOutput[m * N + n]!)),
        );
        const probability = (m: number, n: number) => Math.exp(dOutput[m * N + n]!) / sums[m]!;
        const target = (m: number, n: number) =>
          labelSmoothing / N + (n === labels[m] ? 1 - labelSmoothing : 0);
        const expected = sum(M, m => -sum(N, n => target(m, n) * Math.log(probability(m, n))));
        t.true(Math.abs(loss - expected) < 1e-4 * (1 + expected));
        t.true(
          closeTo(
            dLogits,
            overRows((m, n) => (probability(m, n) - target(m, n)) / M),
          ),
        );
      });
    }
  }

  test(`${kernels.name}: softmax stays finite with logits that would overflow exp`, t => {
    const dLogits = kernels.allocate(3);
    const logits = copied(kernels, [2000, -2000, 0]);
    const labels = kernels.allocateLabels(1).fill(1);
    const shape = { M: 1, N: 3, labelSmoothing: 0 };
    t.is(kernels.softmaxCrossEntropy(dLogits, logits, labels, shape), 4000);
    t.deepEqual([...dLogits], [1, -1, 0]);
  });

  for (const length of [0, 1, 3, 4, 5, 19]) {
    const random = new Random(length);
    const draw = () => Array.from({ length }, () => Math.fround(random.normal()));
    const [parameters, gradients, firsts] = [draw(), draw(), draw()];
    const squares = draw().map(Math.abs);

    test(`${kernels.name}: the gradient of ReLU is 0 where its output is 0, and unchanged elsewhere, over ${length}`, t => {
      const outputs = draw().map(value => Math.max(0, value));
      const dValues = copied(kernels, gradients);
      kernels.reluBackward(dValues, copied(kernels, outputs), length);
      t.true(
        closeTo(
          dValues,
          gradients.map((g, i) => (outputs[i]! > 0 ? g : 0)),
        ),
      );
    });

    test(`${kernels.name}: a step with momentum follows its formula over ${length}`, t => {
      const step = {
        learningRate: 0.25,
        momentum: 0.5,
        weightDecay: 0.125,
        gradientWeight: 0.75,
        velocityWeight: 0.625,
      };
      const parameter = copied(kernels, parameters);
      const velocity = copied(kernels, firsts);
      kernels.momentumStep(parameter, velocity, copied(kernels, gradients), step);
      const decayed = gradients.map((g, i) => g + 0.125 * parameters[i]!);
      const velocities = firsts.map((v, i) => 0.5 * v + decayed[i]!);
      t.true(closeTo(velocity, velocities));
      t.true(
        closeTo(
          parameter,
          parameters.map((p, i) => p - 0.25 * (0.75 * decayed[i]! + 0.625 * velocities[i]!)),
        ),
      );
    });

    test(`${kernels.name}: a step of Adam follows its formula over ${length}`, t => {
      const step = {
        beta1: 0.75,
        beta2: 0.875,
        stepSize: 0.5,
        squareScale: 1.5,
        epsilon: 0.01,
        decayFactor: 0.9375,
      };
      const parameter = copied(kernels, parameters);
      const mean = copied(kernels, firsts);
      const square = copied(kernels, squares);
      kernels.adamStep(parameter, { mean, square }, copied(kernels, gradients), step);
      const means = firsts.map((m, i) => 0.75 * m + 0.25 * gradients[i]!);
      const seconds = squares.map((s, i) => 0.875 * s + 0.125 * gradients[i]! ** 2);
      t.true(closeTo(mean, means));
      t.true(closeTo(square, seconds));
      const next = parameters.map(
        (p, i) => 0.9375 * p - (0.5 * means[i]!) / (1.5 * Math.sqrt(seconds[i]!) + 0.01),
      );
      t.true(closeTo(parameter, next));
    });

    test(`${kernels.name}: averages move by the weight towards the values over ${length}`, t => {
      const averages = copied(kernels, firsts);
      kernels.average(averages, copied(kernels, parameters), 0.25);
      t.true(
        closeTo(
          averages,
          firsts.map((a, i) => 0.75 * a + 0.25 * parameters[i]!),
        ),
      );
    });
  }

  test(`${kernels.name}: allocated memory is zeroed`, t => {
    t.true(kernels.allocate(17).every(value => value === 0));
    t.true(kernels.allocateLabels(17).every(value => value === 0));
  });
}

test('a WebAssembly memory that is full is model-unsupported', t => {
  const kernels = createWasmKernels('plain', 1 << 22);
  t.throws(() => kernels.allocate(1 << 20), {
    code: 'model-unsupported',
    message: /memory of \d+ bytes is full/,
  });
});

test('WebAssembly kernels reject arrays that they did not allocate', t => {
  const kernels = createWasmKernels('plain', 1 << 22);
  t.throws(() => kernels.average(new Float32Array(3), kernels.allocate(3), 1), {
    instanceOf: TypeError,
  });
});

test('the fastest backend is chosen', t => {
  const { kernels, fallback } = chooseKernels();
  t.is(kernels.name, 'wasm-relaxed');
  t.is(fallback, undefined);
});
