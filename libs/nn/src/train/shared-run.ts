// Everything that the threads of a run work on: plain data and arrays, which a message can carry.
// Where there are several threads, all arrays are in shared memory.
import { changeLength } from '../augment/augment.ts';
import { type DisplacementField, fieldSide } from '../augment/displacement-field.ts';
import type { Samples } from '../data/samples.ts';
import { type Kernels, panelColumns, panelsLength } from '../kernels/kernels.ts';
import type { DenseLayer } from '../layers/dense.ts';
import type { OptimizerState } from '../optimizers/optimizer.ts';
import type { TrainingConfiguration } from './configuration.ts';
import type { TrainingState } from './state.ts';

/** One layer's arrays besides its parameters. N outputs, K inputs, capacity: the largest batch. */
export interface LayerRoom {
  /** [capacity, N] */
  readonly output: Float32Array;
  /** [capacity, N], the gradient by the output, then by what goes into the activation */
  readonly dOutput: Float32Array;
  /** the same in panels */
  readonly dOutputPanels: Float32Array;
  /** weight[K, N] in panels: kept in step with the weights, which is cheaper than packing */
  readonly panels: Float32Array;
  /** its transpose in panels; of no use to the first layer */
  readonly transposedPanels: Float32Array | null;
}

export interface SharedRun {
  readonly kernels: Kernels;
  readonly configuration: TrainingConfiguration;
  readonly seed: number;
  readonly threads: number;
  /** rows of the largest batch */
  readonly capacity: number;
  readonly layers: readonly DenseLayer[];
  readonly averaged: readonly DenseLayer[] | null;
  readonly optimizerState: OptimizerState;
  readonly rooms: readonly LayerRoom[];
  readonly samples: Samples;
  /** [samples.count], the epoch's order */
  readonly order: Uint32Array;
  /** the epoch's displacements, where pictures are bent */
  readonly field: DisplacementField | null;
  /** [capacity, changeLength], how the batch's pictures are changed */
  readonly changes: Float64Array;
  /** [capacity, inputs] */
  readonly input: Float32Array;
  /** [capacity] */
  readonly labels: Uint8Array;
  /** [capacity], the share of each row's target that is spread over all classes: 1 for no digit */
  readonly smoothing: Float64Array;
  /** [capacity], the loss of each row, in nats */
  readonly losses: Float64Array;
  /** for each thread, the gradient of one task's rows of weights */
  readonly gradients: readonly Float32Array[];
}

/** Values of a gradient that one task computes: they stay in the second cache up to the optimizer. */
const taskValues = 8192;

/** How many rows of a layer's weights one task takes: a multiple of 4, as transposing wants it. */
export function rowsPerTask(outputs: number): number {
  return Math.min(64, 4 * Math.max(1, Math.round(taskValues / 4 / outputs)));
}

export function createSharedRun(
  { network, optimizer, averaged }: TrainingState,
  configuration: TrainingConfiguration,
  seed: number,
  samples: Samples,
  threads: number,
): SharedRun {
  const { kernels, layers } = network;
  const capacity = Math.max(...configuration.phases.map(phase => phase.batchSize));
  const field = () => kernels.allocate(fieldSide * fieldSide);
  const largestTask = Math.max(...layers.map(({ outputs }) => rowsPerTask(outputs) * outputs));
  return {
    kernels,
    configuration,
    seed,
    threads,
    capacity,
    layers,
    averaged: averaged?.layers ?? null,
    optimizerState: optimizer.state,
    rooms: layers.map((layer, i) => createRoom(kernels, layer, i, capacity)),
    samples: threads > 1 ? shareSamples(samples) : samples,
    order: new Uint32Array(new SharedArrayBuffer(4 * samples.count)),
    field: configuration.augmentation?.elastic ? { dx: field(), dy: field() } : null,
    changes: new Float64Array(new SharedArrayBuffer(8 * capacity * changeLength)),
    input: kernels.allocate(capacity * layers[0]!.inputs),
    labels: kernels.allocateLabels(capacity),
    smoothing: new Float64Array(new SharedArrayBuffer(8 * capacity)),
    losses: new Float64Array(new SharedArrayBuffer(8 * capacity)),
    gradients: Array.from({ length: threads }, () => kernels.allocate(largestTask)),
  };
}

function createRoom(
  kernels: Kernels,
  { inputs, outputs }: DenseLayer,
  index: number,
  capacity: number,
): LayerRoom {
  return {
    output: kernels.allocate(capacity * outputs),
    dOutput: kernels.allocate(capacity * outputs),
    dOutputPanels: kernels.allocate(panelsLength(capacity, outputs)),
    panels: kernels.allocate(panelsLength(inputs, outputs)),
    transposedPanels: index === 0 ? null : kernels.allocate(panelsLength(outputs, inputs)),
  };
}

function shareSamples({ inputs, labels, ...rest }: Samples): Samples {
  const share = (bytes: Uint8Array) => {
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    return shared;
  };
  return { ...rest, inputs: share(inputs), labels: share(labels) };
}

/** Packs rows from … to of a layer's weights, as they are now, for the next step to read. */
export function packWeights(
  { kernels, layers, rooms }: SharedRun,
  index: number,
  from: number,
  to: number,
): () => void {
  const { inputs, outputs, weight } = layers[index]!;
  const { panels, transposedPanels } = rooms[index]!;
  const rows = weight.subarray(from * outputs, to * outputs);
  const part = panels.subarray(from * panelColumns);
  const shape = { rows: to - from, columns: outputs, capacity: inputs };
  const transposedShape = { rows: to - from, columns: outputs, from };
  return () => {
    kernels.packPanels(part, rows, shape);
    if (transposedPanels) kernels.packTransposedPanels(transposedPanels, rows, transposedShape);
  };
}

/** Packs all weights: after they were set from elsewhere. */
export function packAllWeights(run: SharedRun): void {
  for (const [i, { inputs }] of run.layers.entries()) packWeights(run, i, 0, inputs)();
}
