/// <reference path="./webassembly.d.ts" />
// The arithmetic that a network is made of, as an interface with interchangeable backends. Kernels
// know arrays and sizes, nothing of layers or training. All matrices are row-major and dense.
//
//   M  rows of the batch      K  inputs of a layer      N  outputs of a layer (or classes)

import type { PanelsShape, TransposedPanelsShape } from './panels.ts';
import type {
  CompressShape,
  SparseMatmulShape,
  SparseRows,
  TransposeShape,
} from './sparse-rows.ts';

/** Sizes of one dense layer applied to a batch. */
export interface DenseShape {
  readonly M: number;
  readonly K: number;
  readonly N: number;
}

export type Activation = 'relu' | 'identity';

export interface LossShape {
  readonly M: number;
  readonly N: number;
  /** share of every target that is spread evenly over all classes, 0…1 */
  readonly labelSmoothing: number;
  /** rows that the mean of the loss is over, where these are only some of them; M if not given */
  readonly meanOver?: number;
}

/**
 * A step of gradient descent with momentum. Classical momentum (Polyak 1964) has gradientWeight 0
 * and velocityWeight 1; Nesterov's (Sutskever, Martens, Dahl and Hinton 2013, as deep learning
 * libraries compute it) has gradientWeight 1 and velocityWeight = momentum.
 */
export interface MomentumStep {
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly gradientWeight: number;
  readonly velocityWeight: number;
}

/** A step of AdamW (Loshchilov and Hutter 2019, algorithm 2) with the constants worked out. */
export interface AdamStep {
  readonly beta1: number;
  readonly beta2: number;
  /** learningRate / (1 − beta1ᵗ) */
  readonly rate: number;
  /** 1 / √(1 − beta2ᵗ) */
  readonly squareScale: number;
  readonly epsilon: number;
  /** 1 − learningRate · weightDecay */
  readonly keep: number;
}

/** A message to another thread, which `attachKernels` takes; each is for one thread alone. */
export type KernelHandle =
  | { readonly type: 'loops' }
  | {
      readonly type: 'wasm';
      readonly name: string;
      readonly module: WebAssembly.Module;
      readonly memory: WebAssembly.Memory;
      /** of the memory, as the other thread will see it in arrays of the same message */
      readonly buffer: ArrayBufferLike;
      /** address of a working memory of its own */
      readonly scratch: number;
    };

/**
 * Every array argument comes from `allocate` or `allocateLabels` of the same backend, or is a view
 * on one that does. Sizes are trusted: whoever calls has checked that arrays are at least as long
 * as the shape says. No output may overlap an input unless the method says so.
 */
export interface Kernels {
  /** Which backend this is, for logs and reports. */
  readonly name: string;

  /** What another thread needs to work on the same arrays; undefined where they are not shared. */
  readonly createHandle: (() => KernelHandle) | undefined;

  /** A zeroed array in the memory where this backend works. Lives as long as the backend does. */
  allocate(length: number): Float32Array;
  allocateLabels(length: number): Uint8Array;

  /** output[M, N] = activation(input[M, K] · weight[K, N] + bias[N]) */
  denseForward(
    output: Float32Array,
    input: Float32Array,
    weight: Float32Array,
    bias: Float32Array,
    shape: DenseShape,
    activation: Activation,
  ): void;

  /** dWeight[K, N] = input[M, K]ᵀ · dOutput[M, N]; dBias[N] = Σ over rows of dOutput */
  denseParameterGradients(
    dWeight: Float32Array,
    dBias: Float32Array,
    input: Float32Array,
    dOutput: Float32Array,
    shape: DenseShape,
  ): void;

  /** dInput[M, K] = dOutput[M, N] · weight[K, N]ᵀ */
  denseInputGradient(
    dInput: Float32Array,
    dOutput: Float32Array,
    weight: Float32Array,
    shape: DenseShape,
  ): void;

  /** panels[⌈columns / 32⌉, panelRows, 32] ← matrix[rows, columns] */
  packPanels(panels: Float32Array, matrix: Float32Array, shape: PanelsShape): void;

  /** matrix[rows, columns] ← panels[⌈columns / 32⌉, panelRows, 32] */
  unpackPanels(matrix: Float32Array, panels: Float32Array, shape: PanelsShape): void;

  /**
   * Columns firstColumn … firstColumn + rows − 1 of panels[…, panelRows, 32] ← the transpose of
   * matrix[rows, columns]; panelRows ≥ columns.
   */
  packTransposedPanels(
    panels: Float32Array,
    matrix: Float32Array,
    shape: TransposedPanelsShape,
  ): void;

  /** sparseRows ← the non-zero values of some rows and columns of matrix[…, panelRows, panelWidth] */
  compressRows(sparseRows: SparseRows, matrix: Float32Array, shape: CompressShape): void;

  /** Some rows of sparseColumns ← the same columns of the first rows of `sparseRows`. */
  transposeSparseRows(
    sparseColumns: SparseRows,
    sparseRows: SparseRows,
    shape: TransposeShape,
  ): void;

  /**
   * output[rows, 32 · panelCount] = activation(sparseRows[rows, depth] · panels[panelCount,
   * panelRows, 32] + bias), the output's rows and panels at the strides of `shape`.
   *
   * @param bias [32 · panelCount], or null for none
   */
  sparseMatmul(
    output: Float32Array,
    sparseRows: SparseRows,
    panels: Float32Array,
    bias: Float32Array | null,
    shape: SparseMatmulShape,
    activation: Activation,
  ): void;

  /** sums[N] = Σ over rows of values[M, N] */
  sumRows(
    sums: Float32Array,
    values: Float32Array,
    shape: { readonly M: number; readonly N: number },
  ): void;

  /**
   * The derivative of ReLU, from its own output, in place: dValues[i] becomes scale · dValues[i]
   * where values[i] > 0 and 0 elsewhere. `scale` is 1 unless units were dropped out.
   */
  reluBackward(dValues: Float32Array, values: Float32Array, length: number, scale: number): void;

  /**
   * Softmax and cross-entropy in one numerically safe step (the row's maximum is subtracted first).
   * targets = (1 − labelSmoothing) · one-hot(label) + labelSmoothing / N
   * dLogits[M, N] = (softmax(logits) − targets) / meanOver, the gradient of the mean loss. Every
   * label is below N.
   *
   * @returns Σ over rows of −Σ targets · log softmax(logits), in nats
   */
  softmaxCrossEntropy(
    dLogits: Float32Array,
    logits: Float32Array,
    labels: Uint8Array,
    shape: LossShape,
  ): number;

  /**
   * Over whole arrays, in place: g = gradient + weightDecay · parameter; velocity ← momentum ·
   * velocity + g; parameter ← parameter − learningRate · (gradientWeight · g + velocityWeight ·
   * velocity)
   */
  momentumStep(
    parameter: Float32Array,
    velocity: Float32Array,
    gradient: Float32Array,
    step: MomentumStep,
  ): void;

  /**
   * Over whole arrays, in place: mean ← β₁ · mean + (1 − β₁) · gradient; square ← β₂ · square +
   * (1 − β₂) · gradient²; parameter ← keep · parameter − rate · mean / (√square · squareScale + ε)
   */
  adamStep(
    parameter: Float32Array,
    mean: Float32Array,
    square: Float32Array,
    gradient: Float32Array,
    step: AdamStep,
  ): void;

  /** averages ← averages + weight · (values − averages), over whole arrays, in place */
  average(averages: Float32Array, values: Float32Array, weight: number): void;
}
