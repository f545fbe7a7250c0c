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

/** How many columns panels have for these, missing ones counted. */
export function wholeStrips(columns: number): number {
  return Math.ceil(columns / panelColumns) * panelColumns;
}

/**
 * What is not 0 in the rows of a matrix: the sparse factor of a product. The steps along a row are
 * cut into segments, each with a list of its own, so that what a segment is multiplied with stays in
 * the first cache. What stands in the array is the backend's own affair.
 */
export interface Lists {
  readonly values: Float32Array;
  /** rows that there is room for */
  readonly capacity: number;
  /** steps in a segment */
  readonly segment: number;
}

/** Values that lists take for `capacity` rows of `steps` steps. */
export function listsLength(capacity: number, steps: number, segment: number): number {
  return Math.ceil(steps / segment) * capacity * listLength(segment);
}

/** Two for each step, and a line of the cache for the list's length and for not being a power of two. */
export function listLength(segment: number): number {
  return 2 * segment + 16;
}

export function createLists(
  kernels: Kernels,
  capacity: number,
  steps: number,
  segment: number,
): Lists {
  return { values: kernels.allocate(listsLength(capacity, steps, segment)), capacity, segment };
}

/** Where lists come from: a dense matrix is one strip, as wide as it has columns. */
export interface ListShape {
  readonly width: number;
  /** rows in a strip */
  readonly length: number;
  readonly from: number;
  readonly rows: number;
  /** the steps first … last − 1; the first begins a segment */
  readonly first: number;
  readonly last: number;
}

export interface ListProductShape {
  /** the first row of the lists to take, and how many: they are rows 0 … of the output */
  readonly from: number;
  readonly rows: number;
  readonly steps: number;
  /** strips of the panels to take, and rows in each */
  readonly strips: number;
  readonly length: number;
  /** from one row of the output to the next, and from one strip of a row to the next, in values */
  readonly rowGap: number;
  readonly stripGap: number;
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

  /** The way back: copies panels whose strips are `capacity` rows long into matrix[rows, columns]. */
  unpackPanels(
    matrix: Float32Array,
    panels: Float32Array,
    shape: { readonly rows: number; readonly columns: number; readonly capacity: number },
  ): void;

  /**
   * Copies the transpose of matrix[rows, columns] into panels whose strips are `capacity` rows long,
   * as the columns that begin at `from`, a multiple of 4.
   */
  packTransposedPanels(
    panels: Float32Array,
    matrix: Float32Array,
    shape: {
      readonly rows: number;
      readonly columns: number;
      readonly from: number;
      readonly capacity: number;
    },
  ): void;

  /** Lists some rows of a matrix, over some of its columns. */
  listRows(lists: Lists, matrix: Float32Array, shape: ListShape): void;

  /** Lists the columns first … last − 1 of what the first rows of `lists` hold. */
  transposeLists(
    columns: Lists,
    lists: Lists,
    shape: { readonly rows: number; readonly first: number; readonly last: number },
  ): void;

  /**
   * output = activation(rows that are listed · panels + bias), in whole strips of 32 columns: bias is
   * as long as those, and null for none.
   */
  multiplyLists(
    output: Float32Array,
    lists: Lists,
    panels: Float32Array,
    bias: Float32Array | null,
    shape: ListProductShape,
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
