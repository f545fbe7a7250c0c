// The three matrix products of a dense layer, on each backend, in GFLOP/s. What is timed is the
// whole kernel as training calls it: packing, bias and activation included, counted as free.
//
//   M  rows of the batch      K  inputs of a layer      N  outputs of a layer

import type { DenseShape, Kernels } from '../src/engine/kernels/kernels.ts';
import { loopKernels } from '../src/engine/kernels/loops.ts';
import { panelsLength, panelWidth } from '../src/engine/kernels/panels.ts';
import { createSparseRows } from '../src/engine/kernels/sparse-rows.ts';
import { createWasmKernels } from '../src/engine/kernels/wasm.ts';
import { wasmVariants } from '../src/engine/kernels/wasm-module.ts';
import { Random } from '../src/engine/random.ts';
import { findPythons, pathOf, pythonEnvironment, runContestant } from './contestants.ts';
import { type Goal, type Measurement, measurement, ratiosOf } from './measurement.ts';
import { announce, type Session } from './session.ts';

const products = [
  'forward',
  'parameter gradients',
  'input gradient',
  'rows times panels',
  'columns times panels',
] as const;
type Product = (typeof products)[number];

interface GemmCase {
  readonly product: Product;
  readonly shape: DenseShape;
}

/** The layers of 784-512-256-10 that take the time, and one batch that is no power of two. */
const cases: readonly GemmCase[] = [
  { product: 'forward', shape: { M: 96, K: 784, N: 512 } },
  { product: 'forward', shape: { M: 128, K: 784, N: 512 } },
  { product: 'forward', shape: { M: 128, K: 512, N: 256 } },
  { product: 'parameter gradients', shape: { M: 128, K: 512, N: 256 } },
  { product: 'input gradient', shape: { M: 128, K: 512, N: 256 } },
  { product: 'rows times panels', shape: { M: 128, K: 784, N: 512 } },
  { product: 'columns times panels', shape: { M: 128, K: 784, N: 512 } },
];

/** As training cuts what comes out of a layer. */
const segmentSteps = 128;

/** Asked of the best backend only. */
const goal: Goal = { atLeast: 25 };
/** Enough for the arrays of the largest case twice over. */
const memoryBytes = 64 << 20;
/** Long beside the clock's resolution, short beside what else runs on the machine. */
const sampleSeconds = 0.1;

/** Backends are interleaved within each run. */
export async function measureGemm(session: Session, withPeers: boolean): Promise<Measurement[]> {
  const backends = availableBackends();
  const best = backends[0]!;
  const measured: Measurement[] = [];
  for (const gemmCase of cases) {
    const name = `GEMM ${describe(gemmCase)}`;
    const contestants = backends.map(kernels => ({
      kernels,
      sample: createSampler(kernels, gemmCase),
      values: [] as number[],
    }));
    for (let run = 1; run <= session.runs; run++) {
      for (const { kernels, sample, values } of contestants) {
        await announce(session, `${name}, ${kernels.name}`, run);
        values.push(sample());
      }
    }
    for (const { kernels, values } of contestants) {
      const wanted = kernels === best ? goal : null;
      measured.push(measurement(`${name}, ${kernels.name}`, 'GFLOP/s', values, wanted));
    }
  }
  return withPeers ? [...measured, ...(await measureShares(session, best))] : measured;
}

const shareGoal: Goal = { atLeast: 0.45 };
const largeShape: DenseShape = { M: 128, K: 784, N: 512 };

/** The large product as a share of what NumPy's library does on one thread, run by run. */
async function measureShares(session: Session, kernels: Kernels): Promise<Measurement[]> {
  const measured: Measurement[] = [];
  for (const python of await findPythons('numpy')) {
    const sample = createSampler(kernels, { product: 'rows times panels', shape: largeShape });
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
      measurement(`ours over ${name}`, '×', ratiosOf(ours, theirs), shareGoal),
    );
  }
  return measured;
}

async function sampleNumpy(python: string, signal: AbortSignal): Promise<number> {
  const { seconds } = await runContestant(
    {
      name: 'NumPy',
      file: python,
      args: [pathOf('peers/numpy_gemm.py'), ...Object.values(largeShape).map(String)],
      env: pythonEnvironment(1),
      isTimedWhole: false,
    },
    1,
    signal,
  );
  const { M, K, N } = largeShape;
  return (2 * M * K * N) / seconds / 1e9;
}

/** Fastest first. A variant that this engine cannot run is left out. */
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

/** Takes the arrays, warms the kernel up, and returns what measures it once more, in GFLOP/s. */
function createSampler(kernels: Kernels, { product, shape }: GemmCase): () => number {
  const call = bind(kernels, product, shape);
  const { M, K, N } = shape;
  const flops = 2 * M * N * K;
  const callsIn = (seconds: number) => {
    let calls = 0;
    const started = performance.now();
    let elapsedMs = 0;
    while (elapsedMs < 1000 * seconds) {
      call();
      calls++;
      elapsedMs = performance.now() - started;
    }
    return calls / (elapsedMs / 1000);
  };
  callsIn(sampleSeconds);
  return () => (flops * callsIn(sampleSeconds)) / 1e9;
}

function bind(kernels: Kernels, product: Product, shape: DenseShape): () => void {
  const { M, K, N } = shape;
  const random = new Random(1);
  const input = dense(kernels, random, M * K);
  const weight = dense(kernels, random, K * N);
  const bias = dense(kernels, random, N);
  const output = dense(kernels, random, M * N);
  const panels = dense(kernels, random, panelsLength(Math.max(M, K), N));
  switch (product) {
    case 'forward':
      return () => kernels.denseForward(output, input, weight, bias, shape, 'relu');
    case 'parameter gradients':
      return () => kernels.denseParameterGradients(weight, bias, input, output, shape);
    case 'input gradient':
      return () => kernels.denseInputGradient(input, output, weight, shape);
    case 'rows times panels':
      return bindRows(kernels, shape, { output, input, panels, bias });
    case 'columns times panels':
      return bindColumns(kernels, shape, { output: weight, input, panels });
  }
}

/** Listed and multiplied; what the layer does once a batch. */
function bindRows(
  kernels: Kernels,
  { M, K, N }: DenseShape,
  { output, input, panels, bias }: Readonly<Record<string, Float32Array>>,
): () => void {
  const sparseRows = createSparseRows(kernels, M, K, segmentSteps);
  const listed = {
    panelWidth: K,
    panelRows: M,
    firstRow: 0,
    rows: M,
    firstColumn: 0,
    endColumn: K,
  };
  const strides = { rowStride: N, panelStride: panelWidth };
  const whole = {
    firstRow: 0,
    rows: M,
    depth: K,
    panelCount: N / panelWidth,
    panelRows: K,
    ...strides,
  };
  return () => {
    kernels.compressRows(sparseRows, input!, listed);
    kernels.sparseMatmul(output!, sparseRows, panels!, bias!, whole, 'relu');
  };
}

/** The same with the input transposed; its lists come from those of the rows. */
function bindColumns(
  kernels: Kernels,
  { M, K, N }: DenseShape,
  { output, input, panels }: Readonly<Record<string, Float32Array>>,
): () => void {
  const sparseRows = createSparseRows(kernels, M, K, segmentSteps);
  kernels.compressRows(sparseRows, input!, {
    panelWidth: K,
    panelRows: M,
    firstRow: 0,
    rows: M,
    firstColumn: 0,
    endColumn: K,
  });
  const columns = createSparseRows(kernels, K, M, segmentSteps);
  const strides = { rowStride: N, panelStride: panelWidth };
  const whole = {
    firstRow: 0,
    rows: K,
    depth: M,
    panelCount: N / panelWidth,
    panelRows: M,
    ...strides,
  };
  return () => {
    kernels.transposeSparseRows(columns, sparseRows, { rows: M, firstColumn: 0, endColumn: K });
    kernels.sparseMatmul(output!, columns, panels!, null, whole, 'identity');
  };
}

/** Random numbers in −1 … 1 but never 0, which a kernel may skip. */
function dense(kernels: Kernels, random: Random, length: number): Float32Array {
  const values = kernels.allocate(length);
  for (let i = 0; i < length; i++) {
    // An odd number over a power of two is not 0, and float32 holds this many bits.
    values[i] = ((random.uint32() >>> 9) * 2 + 1) / 2 ** 23 - 1;
  }
  return values;
}
