// The kernels: the arithmetic of a network behind one interface with two backends, plain loops (the
// oracle) and WebAssembly. Kernels take arrays and sizes only, not layers. Matrices are row-major.
//
//   M  rows of the batch      K  inputs of a layer      N  outputs of a layer (or classes)

import type { PanelsShape, TransposedPanelsShape } from './panels.ts';
import type {
  CompressShape,
  SparseFactors,
  SparseMatmulShape,
  SparseRows,
  TransposeShape,
} from './sparse-rows.ts';
import type { WasmMemory, WasmModule } from './wasm-module.ts';

/** Sizes of one dense layer applied to a batch. */
export interface DenseShape {
  readonly M: number;
  readonly K: number;
  readonly N: number;
}

/** The activation of a layer; ReLU is max(x, 0) (Nair and Hinton 2010). */
export type Activation = 'relu' | 'identity';

/** The parameters and the activation of a dense layer. */
export interface DenseParameters {
  /** [K, N] */
  readonly weight: Float32Array;
  /** [N] */
  readonly bias: Float32Array;
  readonly activation: Activation;
}

/** Sizes of a batch of logits, and parameters of its loss. */
export interface LossShape {
  readonly M: number;
  readonly N: number;
  /** fraction of every target that is spread evenly over all classes, 0…1 (Szegedy et al. 2016) */
  readonly labelSmoothing: number;
  /** rows of the whole batch, if these M rows are a part of it; M by default */
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

/** The running means of AdamW, each as long as the parameter. */
export interface AdamMoments {
  /** of the gradient */
  readonly mean: Float32Array;
  /** of the squared gradient */
  readonly square: Float32Array;
}

/** The constants of one step t of AdamW (Loshchilov and Hutter 2019, algorithm 2). */
export interface AdamStep {
  readonly beta1: number;
  readonly beta2: number;
  /** learningRate / (1 − beta1ᵗ) */
  readonly stepSize: number;
  /** 1 / √(1 − beta2ᵗ) */
  readonly squareScale: number;
  readonly epsilon: number;
  /** 1 − learningRate · weightDecay */
  readonly decayFactor: number;
}

/** A message that lets another thread attach to the same arrays. Each handle is for one thread only. */
export type KernelHandle =
  | { readonly type: 'loops' }
  | {
      readonly type: 'wasm';
      readonly name: string;
      readonly module: WasmModule;
      readonly memory: WasmMemory;
      /** the buffer of `memory`; arrays in the same message arrive as views on a copy of it */
      readonly buffer: ArrayBufferLike;
      /** address of the receiving thread's working memory */
      readonly scratch: number;
    };

/**
 * The kernels of one backend. Every array argument comes from `allocate` or `allocateLabels` of the same backend, or is a view on
 * such an array. Sizes are not checked: the caller ensures that arrays are at least as long as the shape
 * says. Outputs do not overlap inputs unless the method allows it.
 */
export interface Kernels {
  /** The backend: 'loops', 'wasm-relaxed' or 'wasm-plain'. Part of the run identity in checkpoints. */
  readonly name: string;

  /** Creates a handle for another thread; undefined if the arrays are not shared. */
  readonly createHandle: (() => KernelHandle) | undefined;

  /**
   * Allocates a zeroed array in the backend's memory. It is freed with the backend.
   *
   * @throws NnError `model-unsupported` when the memory is full
   */
  allocate(length: number): Float32Array;
  /** As `allocate`, for labels. */
  allocateLabels(length: number): Uint8Array;

  /** output[M, N] = activation(input[M, K] · weight[K, N] + bias[N]) */
  denseForward(
    output: Float32Array,
    input: Float32Array,
    parameters: DenseParameters,
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
   * panelRows, 32] + bias[32 · panelCount]), the output's rows and panels at the strides of `shape`.
   */
  sparseMatmul(
    output: Float32Array,
    factors: SparseFactors,
    shape: SparseMatmulShape,
    activation: Activation,
  ): void;

  /** sums[N] = Σ over rows of values[M, N] */
  sumRows(
    sums: Float32Array,
    values: Float32Array,
    shape: { readonly M: number; readonly N: number },
  ): void;

  /** The derivative of ReLU from its output, in place: dValues[i] ← 0 where values[i] ≤ 0. */
  reluBackward(dValues: Float32Array, values: Float32Array, length: number): void;

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
   * (1 − β₂) · gradient²; parameter ← decayFactor · parameter − stepSize · mean / (√square ·
   * squareScale + ε)
   */
  adamStep(
    parameter: Float32Array,
    moments: AdamMoments,
    gradient: Float32Array,
    step: AdamStep,
  ): void;

  /** averages ← averages + weight · (values − averages), over whole arrays, in place */
  average(averages: Float32Array, values: Float32Array, weight: number): void;
}
