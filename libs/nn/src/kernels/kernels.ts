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

/**
 * Every array argument comes from `allocate` or `allocateLabels` of the same backend, or is a view
 * on one that does. Sizes are trusted: whoever calls has checked that arrays are at least as long
 * as the shape says. No output may overlap an input unless the method says so.
 */
export interface Kernels {
  /** Which backend this is, for logs and reports. */
  readonly name: string;

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

  /**
   * The derivative of ReLU, from its own output, in place: dValues[i] becomes scale · dValues[i]
   * where values[i] > 0 and 0 elsewhere. `scale` is 1 unless units were dropped out.
   */
  reluGradient(dValues: Float32Array, values: Float32Array, length: number, scale: number): void;

  /**
   * Softmax and cross-entropy in one numerically safe step (the row's maximum is subtracted first).
   * targets = (1 − labelSmoothing) · one-hot(label) + labelSmoothing / N
   * dLogits[M, N] = (softmax(logits) − targets) / M, the gradient of the mean loss. Every label is
   * below N.
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
