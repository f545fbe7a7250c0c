// The memory of a training step: plain data and arrays, which are sent to the other threads in a message.
// With several threads, all arrays are in shared memory.

import type { TrainingConfiguration } from '../configuration.ts';
import type { TrainingOptions } from '../options.ts';
import type { TrainingState } from '../state.ts';
import { type BatchBuffers, createBatchBuffers } from './batch-buffers.ts';
import { createTeacher, type Teacher } from './distillation.ts';
import { createDataSource, type DataSource } from './input.ts';
import { createLayerBuffers, type LayerBuffers } from './layer-buffers.ts';
import { createPanelParameters, type PanelParameters } from './parameters.ts';
import { taskGradientLength } from './update.ts';

/** All arrays of a training step. */
export interface StepMemory {
  readonly configuration: TrainingConfiguration;
  readonly source: DataSource;
  readonly batch: BatchBuffers;
  readonly parameters: PanelParameters;
  /** the buffers of each layer */
  readonly buffers: readonly LayerBuffers[];
  readonly teachers: readonly Teacher[];
  /** for each thread, the weight gradient of one task */
  readonly gradients: readonly Float32Array[];
}

/**
 * Allocates the memory of a step.
 *
 * @param state its parameters are copied
 */
export function createStepMemory(
  state: TrainingState,
  options: Pick<TrainingOptions, 'configuration' | 'training' | 'threads' | 'teachers'>,
): StepMemory {
  const { configuration, training, threads = 1, teachers = [] } = options;
  const { kernels } = state.network;
  const capacity = Math.max(...configuration.phases.map(({ batchSize }) => batchSize));
  const parameters = createPanelParameters(state);
  const { layers } = parameters;
  const buffers = layers.map((layer, i) => createLayerBuffers(kernels, layer, i, capacity));
  const { inputRows } = buffers[0]!;
  return {
    configuration,
    source: createDataSource(kernels, training, configuration, { capacity, isShared: threads > 1 }),
    batch: createBatchBuffers(kernels, layers, capacity),
    parameters,
    buffers,
    teachers: teachers.map(teacher => createTeacher(teacher, inputRows, capacity)),
    gradients: Array.from({ length: threads }, () => kernels.allocate(taskGradientLength)),
  };
}
