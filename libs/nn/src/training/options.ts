// The options of a training run.

import type { InputValues, Samples } from '../data/samples.ts';
import type { Kernels } from '../engine/kernels/kernels.ts';
import type { Network } from '../engine/network.ts';
import type { SafetensorsContent } from '../registry/safetensors.ts';
import type { TrainingConfiguration } from './configuration.ts';

/** Maximum number of threads: a stage has hardly more tasks than this. */
export const maxThreads = 64;

/** Everything that a training run requires. */
export interface TrainingOptions {
  readonly configuration: TrainingConfiguration;
  /** determines the initial weights, the order of the images and their augmentation: 0 … 2³² − 1 */
  readonly seed: number;
  readonly kernels: Kernels;
  /**
   * Number of threads, including the calling one; 1 by default. The result does not depend on it. More than
   * one require kernels with shared memory.
   */
  readonly threads?: number | undefined;
  /** floats only without augmentation */
  readonly training: Samples<InputValues>;
  /** digits only, at least one */
  readonly validation: Samples<InputValues>;
  /** a network of the same layer sizes whose weights are copied as initial weights */
  readonly initial?: Network | undefined;
  /** trained networks for distillation; none by default */
  readonly teachers?: readonly Network[] | undefined;
  /** a checkpoint of the same run to resume from */
  readonly resume?: SafetensorsContent | undefined;
  /**
   * Asked with the number of completed steps before the first step and after each one: if true, a `network`
   * event follows. The result does not depend on it. By default there are none.
   */
  readonly wantsNetwork?: ((step: number) => boolean) | undefined;
  /** if aborted, the training yields a checkpoint before the next batch and throws the signal's reason */
  readonly signal?: AbortSignal | undefined;
}
