// The steps from the textbook's loop to the kernels (nn:bench --steps): one product, output[M, N] =
// input[M, K] · weight[K, N], computed in faster and faster ways. docs/learn/5-fast.md explains each of them.

import type { Dataset } from '../../src/data/dataset.ts';
import type { DenseShape } from '../../src/engine/kernels/kernels.ts';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createWasmKernels } from '../../src/engine/kernels/wasm.ts';
import type { WasmVariant } from '../../src/engine/kernels/wasm-module.ts';
import { widenVectors } from '../../src/engine/kernels/wide-vectors.ts';
import { Random } from '../../src/engine/random.ts';
import { bindRows, createSampler, largeShape, randomArray } from './gemm.ts';
import {
  type BenchMeasurement,
  measurement,
  ratiosOf,
  type SampledSeries,
  type Session,
  sampleInTurn,
} from './measurement.ts';
import { ownProcess, runProcess } from './processes.ts';

/** A way to compute the product. */
interface Step {
  readonly name: string;
  /**
   * Allocates the arrays of the product; the returned function computes it once. Undefined where this
   * machine cannot compute it so.
   */
  readonly bind: () => (() => void) | undefined;
}

const shape = largeShape;

/** Enough for the arrays of one product. */
const memoryBytes = 16 << 20;

/** The steps in order. Vectors stay wide from the first step on that widens them. */
function stepsOf(images: Float32Array): readonly Step[] {
  const bindWasm = (variant: WasmVariant, input?: Float32Array) =>
    bindRows(createWasmKernels(variant, memoryBytes), shape, input);
  return [
    {
      name: 'three loops, down the columns of the weights',
      bind: () => bindLoop(multiplyByColumns),
    },
    { name: 'the same, along the rows (plain loops)', bind: bindRowOrder },
    { name: 'weights packed, sums in registers', bind: () => bindLoop(multiplyPacked, packFours) },
    { name: 'WebAssembly, 128-bit vectors', bind: () => bindWasm('plain') },
    { name: '… with fused multiply-add', bind: () => bindWasm('relaxed') },
    {
      name: '… in 256-bit vectors',
      bind: () => (widenVectors('relaxed') ? bindWasm('relaxed') : undefined),
    },
    { name: '… on MNIST images, zeros skipped', bind: () => bindWasm('relaxed', images) },
  ];
}

/** Processor time of this thread, in milliseconds: it leaves out what other processes take of a core. */
function threadTimeMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Measures the steps; then an epoch of training on one thread and on two. @param folder MNIST's IDX files */
export async function measureSteps(
  session: Session,
  images: Dataset,
  folder: string,
): Promise<BenchMeasurement[]> {
  const products = await measureProducts(session, images);
  return [...products, ...(await measureThreads(session, folder))];
}

/**
 * Measures every step in GFLOP/s, the skipped operations of the last one included. Must run before other
 * kernels are compiled.
 */
async function measureProducts(session: Session, images: Dataset): Promise<BenchMeasurement[]> {
  const flops = 2 * shape.M * shape.K * shape.N;
  // Created in order: each is compiled and warmed up before the next one widens the vectors.
  const series = stepsOf(firstImages(images)).flatMap(({ name, bind }) => {
    const call = bind();
    if (!call) return [];
    return [{ name, sample: createSampler(call, flops, threadTimeMs), values: [] as number[] }];
  });
  await sampleInTurn(session, series);
  return series.map(({ name, values }) => measurement(name, 'GFLOP/s', values));
}

async function measureThreads(session: Session, folder: string): Promise<BenchMeasurement[]> {
  const [one, two] = [1, 2].map(threads => {
    const epoch = ownProcess(folder, 'plain', threads);
    return {
      name: `epoch, ${epoch.name}`,
      sample: async (run: number) => (await runProcess(epoch, run, session.signal)).seconds,
      values: [] as number[],
    };
  }) as [SampledSeries, SampledSeries];
  await sampleInTurn(session, [one, two]);
  return [
    ...[one, two].map(({ name, values }) => measurement(name, 's', values)),
    measurement('1 thread over 2', '×', ratiosOf(one.values, two.values)),
  ];
}

/** output[M, N] = input[M, K] · weight[K, N] */
type Multiply = (
  output: Float32Array,
  input: Float32Array,
  weight: Float32Array,
  shape: DenseShape,
) => void;

function bindLoop(multiply: Multiply, pack?: (weight: Float32Array) => Float32Array): () => void {
  const { input, weight, output } = createArrays();
  const packed = pack ? pack(weight) : weight;
  return () => multiply(output, input, packed, shape);
}

function bindRowOrder(): () => void {
  const { input, weight, output } = createArrays();
  const parameters = { weight, bias: new Float32Array(shape.N), activation: 'relu' } as const;
  return () => loopKernels.denseForward(output, input, parameters, shape);
}

function createArrays() {
  const { M, K, N } = shape;
  const random = new Random(1);
  return {
    input: randomArray(loopKernels, random, M * K),
    weight: randomArray(loopKernels, random, K * N),
    output: loopKernels.allocate(M * N),
  };
}

/** The definition of the product. Every weight that it reads lies N floats after the one before. */
function multiplyByColumns(
  output: Float32Array,
  input: Float32Array,
  weight: Float32Array,
  { M, K, N }: DenseShape,
): void {
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < N; n++) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += input[m * K + k]! * weight[k * N + n]!;
      output[m * N + n] = sum;
    }
  }
}

/** Four columns at a time, packed side by side: four sums stay in registers until they are complete. */
function multiplyPacked(
  output: Float32Array,
  input: Float32Array,
  packed: Float32Array, // [N / 4, K, 4]
  { M, K, N }: DenseShape,
): void {
  for (let n = 0; n < N; n += 4) {
    for (let m = 0; m < M; m++) {
      let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
      let at = n * K;
      for (let k = 0; k < K; k++) {
        const x = input[m * K + k]!;
        sum0 += x * packed[at]!;
        sum1 += x * packed[at + 1]!;
        sum2 += x * packed[at + 2]!;
        sum3 += x * packed[at + 3]!;
        at += 4;
      }
      output[m * N + n] = sum0;
      output[m * N + n + 1] = sum1;
      output[m * N + n + 2] = sum2;
      output[m * N + n + 3] = sum3;
    }
  }
}

/** [K, N] → [N / 4, K, 4] */
function packFours(weight: Float32Array): Float32Array {
  const { K, N } = shape;
  const packed = new Float32Array(weight.length);
  for (let k = 0; k < K; k++) {
    for (let n = 0; n < N; n++) {
      packed[(n - (n % 4)) * K + 4 * k + (n % 4)] = weight[k * N + n]!;
    }
  }
  return packed;
}

/** [M, K] the ink of the first images, 0…1 */
function firstImages({ pixels }: Dataset): Float32Array {
  return Float32Array.from(pixels.subarray(0, shape.M * shape.K), ink => ink / 255);
}
