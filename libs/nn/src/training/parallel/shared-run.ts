// Everything that the threads of a run work on: plain data and arrays, which a message can carry.
// Where there are several threads, all arrays are in shared memory. Matrices are in panels
// (kernels/kernels.ts), and so are the weights while a run goes on: whoever owns some columns of a
// layer has them in one piece, from the gradient to the optimizer. Columns that are missing in a last
// panel exist here and stay 0, so that sizes are whole panels everywhere but at the input.

import { valuesPerAugmentation } from '../../data/augment/augment.ts';
import { type DisplacementField, fieldSide } from '../../data/augment/displacement-field.ts';
import type { Samples } from '../../data/samples.ts';
import type { DenseLayer } from '../../engine/dense.ts';
import type { Kernels } from '../../engine/kernels/kernels.ts';
import { panelWidth } from '../../engine/kernels/panels.ts';
import type { Network } from '../../engine/network.ts';
import type { OptimizerState } from '../../engine/optimizer.ts';
import type { TrainingConfiguration } from '../configuration.ts';
import type { TrainingState } from '../state.ts';
import { createRoom, type LayerRoom } from './layer-buffers.ts';
import { createPanelState } from './panel-state.ts';
import { createTeacher, type Teacher } from './teacher.ts';

export interface SharedRun {
  readonly kernels: Kernels;
  readonly configuration: TrainingConfiguration;
  readonly threads: number;
  /** rows of the largest batch */
  readonly capacity: number;
  /** of whole panels */
  readonly layers: readonly DenseLayer[];
  /** how many of the last layer's outputs there really are */
  readonly classes: number;
  readonly averaged: readonly DenseLayer[] | undefined;
  readonly optimizerState: OptimizerState;
  /** whose answers are learnt beside the labels */
  readonly teachers: readonly Teacher[];
  readonly rooms: readonly LayerRoom[];
  /** [capacity, outputs of the last layer], row by row, and their gradients */
  readonly logits: Float32Array;
  readonly dLogits: Float32Array;
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
  /** for each thread, the gradient of one task's weights */
  readonly gradients: readonly Float32Array[];
}

/** Inputs whose weights one task updates in two panels: 16 KB, a multiple of 4. */
export const inputsPerTask = 64;

export function createSharedRun(
  state: TrainingState,
  configuration: TrainingConfiguration,
  samples: Samples,
  threads: number,
  teachers: readonly Network[] = [],
): SharedRun {
  const { kernels } = state.network;
  const { network, averaged, optimizer } = createPanelState(state);
  const { layers } = network;
  const last = layers.at(-1)!;
  const capacity = Math.max(...configuration.phases.map(phase => phase.batchSize));
  const rooms = layers.map((layer, i) => createRoom(kernels, layer, i, capacity));
  const field = () => kernels.allocate(fieldSide * fieldSide);
  return {
    kernels,
    configuration,
    threads,
    capacity,
    layers,
    classes: state.network.layers.at(-1)!.outputs,
    averaged: averaged?.layers,
    optimizerState: optimizer.state,
    rooms,
    teachers: teachers.map(teacher => createTeacher(teacher, rooms[0]!.rows, capacity)),
    logits: kernels.allocate(capacity * last.outputs),
    dLogits: kernels.allocate(capacity * last.outputs),
    samples: threads > 1 ? shareSamples(samples) : samples,
    order: new Uint32Array(new SharedArrayBuffer(4 * samples.count)),
    field: configuration.augmentation?.elastic ? { dx: field(), dy: field() } : null,
    changes: new Float64Array(new SharedArrayBuffer(8 * capacity * valuesPerAugmentation)),
    input: kernels.allocate(capacity * layers[0]!.inputs),
    labels: kernels.allocateLabels(capacity),
    smoothing: new Float64Array(new SharedArrayBuffer(8 * capacity)),
    losses: new Float64Array(new SharedArrayBuffer(8 * capacity)),
    gradients: Array.from({ length: threads }, () =>
      kernels.allocate(2 * panelWidth * inputsPerTask),
    ),
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
