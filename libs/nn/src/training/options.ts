// The inputs of a training run.

import type { Samples } from '../data/samples.ts';
import type { Kernels } from '../engine/kernels/kernels.ts';
import type { Network } from '../engine/network.ts';
import type { SafetensorsContent } from '../registry/safetensors.ts';
import type { TrainingConfiguration } from './configuration.ts';

export interface TrainingOptions {
  readonly configuration: TrainingConfiguration;
  /** decides the first weights, the order of the images and their augmentation: 0 … 2³² − 1 */
  readonly seed: number;
  readonly kernels: Kernels;
  /**
   * Number of threads that compute, the calling one among them; 1 by default. The result does not
   * depend on it. More than one need kernels whose arrays are in shared memory.
   */
  readonly threads?: number | undefined;
  readonly training: Samples;
  /** digits only, at least one */
  readonly validation: Samples;
  /** a network of the same layer sizes to begin with; its weights are copied */
  readonly initial?: Network | undefined;
  /** trained networks to learn from besides the labels (distillation); none by default */
  readonly teachers?: readonly Network[] | undefined;
  /** a checkpoint of the same run, to continue from */
  readonly resume?: SafetensorsContent | undefined;
  /** ends the training before the next batch, with a checkpoint and the signal's reason */
  readonly signal?: AbortSignal | undefined;
}
