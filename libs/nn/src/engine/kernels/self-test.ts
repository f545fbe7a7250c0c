// A quick test of a backend against the plain loops, over every kernel: for code that is made where
// the program runs.

import { createLists, type Kernels, panelColumns, panelsLength, wholeStrips } from './kernels.ts';
import { loopKernels } from './loops.ts';

/** Two blocks of everything, and an edge. */
const shapes = [
  { M: 67, K: 261, N: 43 },
  { M: 1, K: 261, N: 43 },
];

/** Whether the kernels compute what the loops do, but for rounding. Takes a few milliseconds. */
export function testKernels(kernels: Kernels): boolean {
  return shapes.every(shape => {
    const results = runAll(kernels, shape);
    return runAll(loopKernels, shape).every((expected, i) => areClose(results[i]!, expected));
  });
}

type Shape = (typeof shapes)[number];

/** What every kernel writes, from the same arrays. */
function runAll(kernels: Kernels, shape: Shape): Float32Array[] {
  return [...runProducts(kernels, shape), ...runElementwise(kernels, shape)];
}

function runProducts(kernels: Kernels, shape: Shape): Float32Array[] {
  const { M, K, N } = shape;
  const [input, weight, dOutput, bias] = [M * K, K * N, M * N, N].map(length =>
    testArray(kernels, length),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const output = kernels.allocate(M * N);
  kernels.denseForward(output, input, weight, bias, shape, 'relu');
  const dWeight = kernels.allocate(K * N);
  const dBias = kernels.allocate(N);
  kernels.denseParameterGradients(dWeight, dBias, input, dOutput, shape);
  const dInput = kernels.allocate(M * K);
  kernels.denseInputGradient(dInput, dOutput, weight, shape);

  const panels = kernels.allocate(panelsLength(K, N));
  kernels.packPanels(panels, weight, { rows: K, columns: N, capacity: K });
  const transposed = kernels.allocate(panelsLength(N, K));
  kernels.packTransposedPanels(transposed, weight, { rows: K, columns: N, from: 0, capacity: N });
  const listed = runLists(kernels, input, panels, shape);
  const sums = kernels.allocate(N);
  kernels.sumRows(sums, dOutput, shape);
  return [output, dWeight, dBias, dInput, panels, transposed, ...listed, sums];
}

/** Rows and columns of the input, listed in two segments and a rest, times panels. */
function runLists(
  kernels: Kernels,
  input: Float32Array,
  panels: Float32Array,
  { M, K, N }: Shape,
): Float32Array[] {
  const lists = createLists(kernels, M, K, 100);
  kernels.listRows(lists, input, { width: K, length: M, from: 0, rows: M, first: 0, last: K });
  const columns = createLists(kernels, K, M, 32);
  kernels.transposeLists(columns, lists, { rows: M, first: 0, last: K });
  const bias = testArray(kernels, wholeStrips(N));
  const gaps = { rowGap: wholeStrips(N), stripGap: panelColumns };
  const strips = wholeStrips(N) / panelColumns;
  const output = kernels.allocate(M * wholeStrips(N));
  const rows = { from: 0, rows: M, steps: K, strips, length: K, ...gaps };
  kernels.multiplyLists(output, lists, panels, bias, rows, 'relu');
  const dPanels = kernels.allocate(panelsLength(M, N));
  kernels.packPanels(dPanels, testArray(kernels, M * N), { rows: M, columns: N, capacity: M });
  const dWeight = kernels.allocate(K * wholeStrips(N));
  const back = { from: 0, rows: K, steps: M, strips, length: M, ...gaps };
  kernels.multiplyLists(dWeight, columns, dPanels, null, back, 'identity');
  return [output, dWeight];
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
    gradientShare: 1,
    velocityShare: 0.9,
  });
  kernels.adamStep(parameter, velocity, square, gradient, {
    beta1: 0.9,
    beta2: 0.99,
    rate: 0.1,
    squareScale: 1.5,
    epsilon: 0.01,
    keep: 0.9,
  });
  kernels.average(averages, parameter, 0.25);
  kernels.reluGradient(gradient, velocity, M * N, 1.25);
  return [dLogits, parameter, velocity, square, averages, gradient];
}

/** Numbers in −1 … 1 without an order that a mistake could hide behind, a third of them 0. */
function testArray(kernels: Kernels, length: number, phase = 0): Float32Array {
  const values = kernels.allocate(length);
  for (let i = 0; i < length; i++) values[i] = i % 3 === 1 ? 0 : Math.sin(i * i + length + phase);
  return values;
}

function areClose(values: Float32Array, expected: Float32Array): boolean {
  return expected.every((value, i) => Math.abs(value - values[i]!) <= 1e-4 * (1 + Math.abs(value)));
}
