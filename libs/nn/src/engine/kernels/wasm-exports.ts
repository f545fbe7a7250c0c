// The types of the functions that assembly/index.ts exports.

/** Arrays are passed as addresses, booleans as 0 or 1. */
export interface WasmExports {
  heapBase(): number;
  scratchBytes(): number;
  denseForward(
    output: number,
    input: number,
    weight: number,
    bias: number,
    M: number,
    K: number,
    N: number,
    relu: number,
    scratch: number,
  ): void;
  denseInputGradient(
    dInput: number,
    dOutput: number,
    weight: number,
    M: number,
    K: number,
    N: number,
  ): void;
  packPanels(
    panels: number,
    matrix: number,
    rows: number,
    columns: number,
    panelRows: number,
  ): void;
  unpackPanels(
    matrix: number,
    panels: number,
    rows: number,
    columns: number,
    panelRows: number,
  ): void;
  packTransposedPanels(
    panels: number,
    matrix: number,
    rows: number,
    columns: number,
    firstColumn: number,
    panelRows: number,
  ): void;
  compressRows(
    sparseRows: number,
    capacity: number,
    segmentLength: number,
    matrix: number,
    panelWidth: number,
    panelRows: number,
    firstRow: number,
    rows: number,
    firstColumn: number,
    endColumn: number,
  ): void;
  transposeSparseRows(
    sparseColumns: number,
    columnCapacity: number,
    columnSegmentLength: number,
    sparseRows: number,
    capacity: number,
    segmentLength: number,
    rows: number,
    firstColumn: number,
    endColumn: number,
  ): void;
  sparseMatmul(
    output: number,
    rowStrideBytes: number,
    panelStrideBytes: number,
    sparseRows: number,
    capacity: number,
    segmentLength: number,
    firstRow: number,
    rows: number,
    depth: number,
    panels: number,
    panelRows: number,
    panelCount: number,
    bias: number,
    relu: number,
  ): void;
  sumRows(sums: number, values: number, M: number, N: number): void;
  reluBackward(dValues: number, values: number, length: number): void;
  softmaxCrossEntropy(
    dLogits: number,
    logits: number,
    labels: number,
    M: number,
    N: number,
    smoothing: number,
    batch: number,
  ): number;
  momentumStep(
    parameter: number,
    velocity: number,
    gradient: number,
    length: number,
    learningRate: number,
    momentum: number,
    weightDecay: number,
    gradientWeight: number,
    velocityWeight: number,
  ): void;
  adamStep(
    parameter: number,
    mean: number,
    square: number,
    gradient: number,
    length: number,
    beta1: number,
    beta2: number,
    stepSize: number,
    squareScale: number,
    epsilon: number,
    decayFactor: number,
  ): void;
  average(averages: number, values: number, length: number, weight: number): void;
}
