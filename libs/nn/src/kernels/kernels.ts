/// <reference path="./webassembly.d.ts" />
// The arithmetic that a network is made of, as an interface with interchangeable backends. Kernels
// know arrays and sizes, nothing of layers or training. All matrices are row-major and dense.
//
//   M  rows of the batch      K  inputs of a layer      N  outputs of a layer (or classes)

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

/** Columns in a strip of panels. */
export const panelColumns = 32;

/**
 * How many values a matrix takes in panels: strips of 32 columns, each strip's rows one behind the
 * other, [⌈columns / 32⌉, rows, 32], missing columns 0. Row r of a matrix in panels starts 32 · r
 * values further on, so that a view from there is what a part of the rows is packed into.
 */
export function panelsLength(rows: number, columns: number): number {
  return Math.ceil(columns / panelColumns) * rows * panelColumns;
}

/**
 * A step of gradient descent with momentum. Classical momentum (Polyak 1964) has gradientShare 0
 * and velocityShare 1; Nesterov's (Sutskever, Martens, Dahl and Hinton 2013, as deep learning
 * libraries compute it) has gradientShare 1 and velocityShare = momentum.
 */
export interface MomentumStep {
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly gradientShare: number;
  readonly velocityShare: number;
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
export type KernelShare =
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

  /** What another thread needs to work on the same arrays; null where they are not shared. */
  readonly share: (() => KernelShare) | null;

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

  /** Copies matrix[rows, columns] into panels whose strips are `capacity` rows long. */
  packPanels(
    panels: Float32Array,
    matrix: Float32Array,
    shape: { readonly rows: number; readonly columns: number; readonly capacity: number },
  ): void;

  /**
   * Copies the transpose of matrix[rows, columns] into panels[columns, …], as the columns that begin
   * at `from`, a multiple of 4.
   */
  packTransposedPanels(
    panels: Float32Array,
    matrix: Float32Array,
    shape: { readonly rows: number; readonly columns: number; readonly from: number },
  ): void;

  /** output[M, N] = activation(input[M, K] · panels[K, N] + bias[N]); no bias where it is null */
  multiplyRows(
    output: Float32Array,
    input: Float32Array,
    panels: Float32Array,
    bias: Float32Array | null,
    shape: DenseShape,
    activation: Activation,
  ): void;

  /**
   * output[count, N] = (the first `count` columns of input[M, K])ᵀ · panels[M, N], whose strips are
   * `capacity` rows long. A view on the input that starts further on gives later columns.
   */
  multiplyColumns(
    output: Float32Array,
    input: Float32Array,
    panels: Float32Array,
    shape: DenseShape & { readonly count: number; readonly capacity: number },
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
  reluGradient(dValues: Float32Array, values: Float32Array, length: number, scale: number): void;

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
   * velocity + g; parameter ← parameter − learningRate · (gradientShare · g + velocityShare ·
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

  /** averages ← averages + share · (values − averages), over whole arrays, in place */
  average(averages: Float32Array, values: Float32Array, share: number): void;
}
