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

/**
 * Arguments are trusted: whoever calls has checked that arrays are at least as long as the shape
 * says. No output may overlap an input unless the method says so.
 */
export interface Kernels {
  /** Which backend this is, for logs and reports. */
  readonly name: string;

  /** A zeroed array in the memory where this backend works fastest. */
  allocate(length: number): Float32Array;

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

  /** dValues[i] = 0 where values[i] ≤ 0: the derivative of ReLU, from its own output, in place. */
  reluGradient(dValues: Float32Array, values: Float32Array, length: number): void;

  /**
   * Softmax and cross-entropy in one numerically safe step (the row's maximum is subtracted first).
   * dLogits[M, N] = (softmax(logits) − one-hot(labels)) / M, the gradient of the mean loss.
   * Every label is below N.
   *
   * @returns Σ over rows of −log softmax(logits)[label], in nats
   */
  softmaxCrossEntropy(
    dLogits: Float32Array,
    logits: Float32Array,
    labels: Uint8Array,
    shape: { readonly M: number; readonly N: number },
  ): number;

  /**
   * Gradient descent with momentum (Polyak 1964), over whole arrays, in place:
   * velocity ← momentum · velocity + gradient; parameter ← parameter − learningRate · velocity
   */
  momentumStep(
    parameter: Float32Array,
    velocity: Float32Array,
    gradient: Float32Array,
    step: { readonly learningRate: number; readonly momentum: number },
  ): void;
}
