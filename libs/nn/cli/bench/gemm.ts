// The three matrix products of a dense layer as training computes them, on each backend, in GFLOP/s: the
// first factor is compressed to sparse rows and multiplied with panels. No value is 0, so nothing is
// skipped. The time includes packing, bias and activation, the operation count does not.
//
//   M  rows of the batch      K  inputs of a layer      N  outputs of a layer

import type { DenseShape, Kernels } from '../../src/engine/kernels/kernels.ts';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { panelsLength, panelWidth } from '../../src/engine/kernels/panels.ts';
import { createSparseRows, rowMajor } from '../../src/engine/kernels/sparse-rows.ts';
import { createWasmKernels } from '../../src/engine/kernels/wasm.ts';
import { wasmVariants } from '../../src/engine/kernels/wasm-module.ts';
import { Random } from '../../src/engine/random.ts';
import {
  announce,
  type BenchMeasurement,
  type Goal,
  measurement,
  ratiosOf,
  type Session,
  sampleInTurn,
} from './measurement.ts';
import { findPythons, pathOf, pythonEnvironment, runProcess } from './processes.ts';

type Product = 'forward' | 'weight gradient' | 'input gradient';

interface GemmCase {
  readonly product: Product;
  /** sizes of the layer; N and K are multiples of 32 if they are columns of panels */
  readonly shape: DenseShape;
}

/** The first layer of 784-512-256-10 on a batch of 128. */
export const largeShape: DenseShape = { M: 128, K: 784, N: 512 };

/** The two largest layers of 784-512-256-10, and a batch size that is not a power of two. */
const cases: readonly GemmCase[] = [
  { product: 'forward', shape: { M: 96, K: 784, N: 512 } },
  { product: 'forward', shape: largeShape },
  { product: 'forward', shape: { M: 128, K: 512, N: 256 } },
  { product: 'weight gradient', shape: largeShape },
  { product: 'input gradient', shape: { M: 128, K: 512, N: 256 } },
];

/** As in training (training/parallel). */
const segmentLength = 128;

/** Goal for the fastest backend, in GFLOP/s. */
const goal: Goal = { atLeast: 25 };
/** Enough for the arrays of all cases. */
const memoryBytes = 64 << 20;
/** Duration of a sample: long compared to the clock's resolution, short compared to other load. */
const sampleSeconds = 0.1;

/** Measures every case on every backend; the backends alternate within each run. */
export async function measureGemm(
  session: Session,
  withPeers: boolean,
): Promise<BenchMeasurement[]> {
  const backends = availableBackends();
  const best = backends[0]!;
  const measured: BenchMeasurement[] = [];
  for (const gemmCase of cases) {
    const series = backends.map(kernels => ({
      kernels,
      name: `GEMM ${describe(gemmCase)}, ${kernels.name}`,
      sample: createCaseSampler(kernels, gemmCase),
      values: [] as number[],
    }));
    await sampleInTurn(session, series);
    for (const { kernels, name, values } of series) {
      measured.push(measurement(name, 'GFLOP/s', values, kernels === best ? goal : null));
    }
  }
  return withPeers ? [...measured, ...(await compareWithNumpy(session, best))] : measured;
}

const numpyGoal: Goal = { atLeast: 0.45 };

/** Compares the large forward product with NumPy's on one thread, run by run. */
async function compareWithNumpy(session: Session, kernels: Kernels): Promise<BenchMeasurement[]> {
  const measured: BenchMeasurement[] = [];
  for (const python of await findPythons('numpy')) {
    const sample = createCaseSampler(kernels, { product: 'forward', shape: largeShape });
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let run = 1; run <= session.runs; run++) {
      await announce(session, `GEMM, NumPy of ${python}`, run);
      ours.push(sample());
      theirs.push(await sampleNumpy(python, session.signal));
    }
    const name = `GEMM 128×784→512, NumPy of ${python}, 1 thread`;
    measured.push(
      measurement(name, 'GFLOP/s', theirs),
      measurement(`ours over ${name}`, '×', ratiosOf(ours, theirs), numpyGoal),
    );
  }
  return measured;
}

async function sampleNumpy(python: string, signal: AbortSignal): Promise<number> {
  const { seconds } = await runProcess(
    {
      name: 'NumPy',
      file: python,
      args: [pathOf('peers/numpy_gemm.py'), ...Object.values(largeShape).map(String)],
      env: pythonEnvironment(1),
      isTimedExternally: false,
    },
    1,
    signal,
  );
  const { M, K, N } = largeShape;
  return (2 * M * K * N) / seconds / 1e9;
}

/** All backends that run on this machine, fastest first. */
function availableBackends(): Kernels[] {
  const wasm = wasmVariants.flatMap(variant => {
    try {
      return [createWasmKernels(variant, memoryBytes)];
    } catch {
      return [];
    }
  });
  return [...wasm, loopKernels];
}

function describe({ product, shape: { M, K, N } }: GemmCase): string {
  return `${product} ${M}×${K}→${N}`;
}

/** Allocates the arrays of a case and warms up the kernels. */
function createCaseSampler(kernels: Kernels, { product, shape }: GemmCase): () => number {
  const { M, K, N } = shape;
  return createSampler(bind(kernels, product, shape), 2 * M * N * K);
}

/**
 * Warms up a function of so many operations. The returned function takes one sample, in GFLOP/s.
 *
 * @param clock milliseconds, wall time by default
 */
export function createSampler(
  call: () => void,
  flops: number,
  clock = () => performance.now(),
): () => number {
  const callsIn = (seconds: number) => {
    let calls = 0;
    const started = clock();
    let elapsedMs = 0;
    while (elapsedMs < 1000 * seconds) {
      call();
      calls++;
      elapsedMs = clock() - started;
    }
    return calls / (elapsedMs / 1000);
  };
  callsIn(sampleSeconds);
  return () => (flops * callsIn(sampleSeconds)) / 1e9;
}

function bind(kernels: Kernels, product: Product, { M, K, N }: DenseShape): () => void {
  switch (product) {
    case 'forward':
      return bindRows(kernels, { M, K, N });
    case 'weight gradient':
      return bindColumns(kernels, { M, K, N });
    case 'input gradient':
      return bindRows(kernels, { M, K: N, N: K });
  }
}

/**
 * output[M, N] = ReLU(input[M, K] · panels[N / 32, K, 32] + bias[N])
 *
 * @param values of the input; random numbers by default
 */
export function bindRows(
  kernels: Kernels,
  { M, K, N }: DenseShape,
  values?: Float32Array,
): () => void {
  const random = new Random(1);
  const input = randomArray(kernels, random, M * K);
  if (values) input.set(values);
  const panels = randomArray(kernels, random, panelsLength(K, N));
  const bias = randomArray(kernels, random, N);
  const output = kernels.allocate(M * N);
  const sparseRows = createSparseRows(kernels, M, K, segmentLength);
  const factors = { firstRow: 0, rows: M, depth: K, panelCount: N / panelWidth, panelRows: K };
  const shape = { ...factors, rowStride: N, panelStride: panelWidth };
  return () => {
    kernels.compressRows(sparseRows, input, rowMajor(M, K));
    kernels.sparseMatmul(output, { sparseRows, panels, bias }, shape, 'relu');
  };
}

/** dWeight[K, N] = input[M, K]ᵀ · panels[N / 32, M, 32]; the input is compressed in advance. */
function bindColumns(kernels: Kernels, { M, K, N }: DenseShape): () => void {
  const random = new Random(1);
  const input = randomArray(kernels, random, M * K);
  const panels = randomArray(kernels, random, panelsLength(M, N));
  const dWeight = kernels.allocate(K * N);
  const sparseRows = createSparseRows(kernels, M, K, segmentLength);
  kernels.compressRows(sparseRows, input, rowMajor(M, K));
  const sparseColumns = createSparseRows(kernels, K, M, segmentLength);
  const factors = { firstRow: 0, rows: K, depth: M, panelCount: N / panelWidth, panelRows: M };
  const shape = { ...factors, rowStride: N, panelStride: panelWidth };
  const all = { rows: M, firstColumn: 0, endColumn: K };
  return () => {
    kernels.transposeSparseRows(sparseColumns, sparseRows, all);
    kernels.sparseMatmul(dWeight, { sparseRows: sparseColumns, panels }, shape, 'identity');
  };
}

/** Random non-zero numbers in −1…1. */
export function randomArray(kernels: Kernels, random: Random, length: number): Float32Array {
  const values = kernels.allocate(length);
  for (let i = 0; i < length; i++) {
    // An odd number divided by a power of two is never 0; its 24 bits fit into a float32.
    values[i] = ((random.uint32() >>> 9) * 2 + 1) / 2 ** 23 - 1;
  }
  return values;
}
