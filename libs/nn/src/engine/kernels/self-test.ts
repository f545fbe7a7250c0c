// The self-test: compares every kernel of a backend with the plain loops in a few milliseconds. Required
// for code that V8 compiles with experimental options.

import type { Kernels } from './kernels.ts';
import { loopKernels } from './loops.ts';
import { paddedColumns, panelsLength, panelWidth } from './panels.ts';
import { createSparseRows, rowMajor, type SparseRows } from './sparse-rows.ts';

interface Shape {
  readonly M: number;
  readonly K: number;
  readonly N: number;
}

/** Several blocks of every kernel and a remainder; and a single row, with three panels. */
const shapes: readonly Shape[] = [
  { M: 67, K: 261, N: 43 },
  { M: 1, K: 261, N: 75 },
];

/** Whether the results of every kernel match those of the plain loops, with a relative tolerance of 1e-4. */
export function testKernels(kernels: Kernels): boolean {
  return shapes.every(shape => {
    const results = runAll(kernels, shape);
    return runAll(loopKernels, shape).every((expected, i) => areClose(results[i]!, expected));
  });
}

/** As `testKernels`, for the kernels of the sparse forward pass alone: a service that starts runs it first. */
export function testSparseForward(kernels: Kernels): boolean {
  // Two segments; a pair of panels and a single one, which have micro-kernels of their own.
  const shape = { M: 2, K: 101, N: 65 };
  const expected = runSparseForward(loopKernels, shape);
  return areClose(runSparseForward(kernels, shape), expected);
}

function runSparseForward(kernels: Kernels, shape: Shape): Float32Array {
  const { M, K, N } = shape;
  const panels = kernels.allocate(panelsLength(K, N));
  const weight = testArray(kernels, K * N);
  kernels.packPanels(panels, weight, { rows: K, columns: N, panelRows: K });
  const sparseRows = compress(kernels, testArray(kernels, M * K), shape);
  return multiply(kernels, sparseRows, panels, shape);
}

/** The outputs of every kernel for the same inputs. */
function runAll(kernels: Kernels, shape: Shape): Float32Array[] {
  return [...runProducts(kernels, shape), ...runElementwise(kernels, shape)];
}

function runProducts(kernels: Kernels, shape: Shape): Float32Array[] {
  const { M, K, N } = shape;
  const [input, weight, dOutput, bias] = [M * K, K * N, M * N, N].map(length =>
    testArray(kernels, length),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const output = kernels.allocate(M * N);
  kernels.denseForward(output, input, { weight, bias, activation: 'relu' }, shape);
  const dInput = kernels.allocate(M * K);
  kernels.denseInputGradient(dInput, dOutput, weight, shape);

  const panels = kernels.allocate(panelsLength(K, N));
  kernels.packPanels(panels, weight, { rows: K, columns: N, panelRows: K });
  const transposed = kernels.allocate(panelsLength(N, K));
  kernels.packTransposedPanels(transposed, weight, {
    rows: K,
    columns: N,
    firstColumn: 0,
    panelRows: N,
  });
  const products = runSparse(kernels, input, panels, shape);
  const sums = kernels.allocate(N);
  kernels.sumRows(sums, dOutput, shape);
  return [output, dInput, panels, transposed, ...products, sums];
}

/** Products of the input's sparse rows and columns with panels: two segments and a remainder. */
function runSparse(
  kernels: Kernels,
  input: Float32Array,
  panels: Float32Array,
  { M, K, N }: Shape,
): Float32Array[] {
  const sparseRows = compress(kernels, input, { M, K, N });
  const output = multiply(kernels, sparseRows, panels, { M, K, N });
  const columns = createSparseRows(kernels, K, M, 32);
  kernels.transposeSparseRows(columns, sparseRows, { rows: M, firstColumn: 0, endColumn: K });
  const dPanels = kernels.allocate(panelsLength(M, N));
  kernels.packPanels(dPanels, testArray(kernels, M * N), { rows: M, columns: N, panelRows: M });
  const dWeight = kernels.allocate(K * paddedColumns(N));
  const back = { firstRow: 0, rows: K, depth: M, panelRows: M, ...panelsOfRows(N) };
  const factors = { sparseRows: columns, panels: dPanels };
  kernels.sparseMatmul(dWeight, factors, back, 'identity');
  return [output, dWeight];
}

function compress(kernels: Kernels, input: Float32Array, { M, K }: Shape): SparseRows {
  const sparseRows = createSparseRows(kernels, M, K, 100);
  kernels.compressRows(sparseRows, input, rowMajor(M, K));
  return sparseRows;
}

function multiply(
  kernels: Kernels,
  sparseRows: SparseRows,
  panels: Float32Array,
  { M, K, N }: Shape,
): Float32Array {
  const bias = testArray(kernels, paddedColumns(N));
  const output = kernels.allocate(M * paddedColumns(N));
  const rows = { firstRow: 0, rows: M, depth: K, panelRows: K, ...panelsOfRows(N) };
  kernels.sparseMatmul(output, { sparseRows, panels, bias }, rows, 'relu');
  return output;
}

/** The panels of a product with N columns, beside each other in every row. */
function panelsOfRows(N: number) {
  const rowStride = paddedColumns(N);
  return { panelCount: rowStride / panelWidth, rowStride, panelStride: panelWidth };
}

function runElementwise(kernels: Kernels, { M, N }: Shape): Float32Array[] {
  const [logits, parameter, velocity, square, gradient, averages] = Array.from(
    { length: 6 },
    (_, i) => testArray(kernels, M * N, i),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
  for (const [i, value] of square.entries()) square[i] = value * value;
  const dLogits = kernels.allocate(M * N);
  const labels = kernels.allocateLabels(M);
  kernels.softmaxCrossEntropy(dLogits, logits, labels, { M, N, labelSmoothing: 0.1 });
  kernels.momentumStep(parameter, velocity, gradient, {
    learningRate: 0.1,
    momentum: 0.9,
    weightDecay: 0.01,
    gradientWeight: 1,
    velocityWeight: 0.9,
  });
  kernels.adamStep(parameter, { mean: velocity, square }, gradient, {
    beta1: 0.9,
    beta2: 0.99,
    stepSize: 0.1,
    squareScale: 1.5,
    epsilon: 0.01,
    decayFactor: 0.9,
  });
  kernels.average(averages, parameter, 0.25);
  kernels.reluBackward(gradient, velocity, M * N);
  return [dLogits, parameter, velocity, square, averages, gradient];
}

/** Irregular numbers in −1…1, a third of them 0, so that any misplaced value changes the result. */
function testArray(kernels: Kernels, length: number, phase = 0): Float32Array {
  const values = kernels.allocate(length);
  for (let i = 0; i < length; i++) values[i] = i % 3 === 1 ? 0 : Math.sin(i * i + length + phase);
  return values;
}

function areClose(values: Float32Array, expected: Float32Array): boolean {
  return expected.every((value, i) => Math.abs(value - values[i]!) <= 1e-4 * (1 + Math.abs(value)));
}
