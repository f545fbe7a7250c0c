// The functions of the WebAssembly module.

/** What assembly/index.ts exports. Every argument that is an array there is an address here. */
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
  denseParameterGradients(
    dWeight: number,
    dBias: number,
    input: number,
    dOutput: number,
    M: number,
    K: number,
    N: number,
    scratch: number,
  ): void;
  denseInputGradient(
    dInput: number,
    dOutput: number,
    weight: number,
    M: number,
    K: number,
    N: number,
    scratch: number,
  ): void;
  packPanels(panels: number, matrix: number, rows: number, columns: number, capacity: number): void;
  unpackPanels(
    matrix: number,
    panels: number,
    rows: number,
    columns: number,
    capacity: number,
  ): void;
  packTransposedPanels(
    panels: number,
    matrix: number,
    rows: number,
    columns: number,
    from: number,
    capacity: number,
  ): void;
  listRows(
    lists: number,
    capacity: number,
    segment: number,
    matrix: number,
    width: number,
    length: number,
    from: number,
    rows: number,
    first: number,
    last: number,
  ): void;
  transposeLists(
    columns: number,
    columnCapacity: number,
    columnSegment: number,
    lists: number,
    capacity: number,
    segment: number,
    rows: number,
    first: number,
    last: number,
  ): void;
  multiplyLists(
    output: number,
    rowBytes: number,
    stripBytes: number,
    lists: number,
    capacity: number,
    segment: number,
    from: number,
    rows: number,
    steps: number,
    panels: number,
    length: number,
    strips: number,
    bias: number,
    relu: number,
  ): void;
  sumRows(sums: number, values: number, M: number, N: number): void;
  reluGradient(dValues: number, values: number, length: number, scale: number): void;
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
    gradientShare: number,
    velocityShare: number,
  ): void;
  adamStep(
    parameter: number,
    mean: number,
    square: number,
    gradient: number,
    length: number,
    beta1: number,
    beta2: number,
    rate: number,
    squareScale: number,
    epsilon: number,
    keep: number,
  ): void;
  average(averages: number, values: number, length: number, share: number): void;
}
