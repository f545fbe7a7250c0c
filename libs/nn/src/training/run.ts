// A training run: its set-up, position, checkpoints and failure.

import { copyNetwork, type Network } from '../engine/network.ts';
import { NnError } from '../errors.ts';
import { createLogitsOf, type LogitsOf } from '../evaluation/metrics/measure.ts';
import { encodeCheckpoint, restoreCheckpoint } from './checkpoint.ts';
import type { CheckpointEvent, NetworkEvent, Position } from './events.ts';
import type { TrainingOptions } from './options.ts';
import { unpackNetwork, unpackState } from './parallel/parameters.ts';
import { createStepMemory, type StepMemory } from './parallel/step-memory.ts';
import { createWorkerPool, type WorkerPool } from './parallel/worker-pool.ts';
import { identityOf, type RunIdentity } from './run-identity.ts';
import { createTrainingState, resultOf, type TrainingState } from './state.ts';

/** A run in progress: its options, state and memory. */
export interface TrainingRun extends TrainingOptions {
  readonly identity: RunIdentity;
  /** up to date after every epoch; in between, the threads update their own arrays */
  readonly state: TrainingState;
  readonly memory: StepMemory;
  readonly pool: WorkerPool;
  /** the network of `network` events, if the options ask for them; not part of the state */
  readonly shown: Network | undefined;
  /** computes the logits of the network that is validated */
  readonly logitsOf: LogitsOf;
}

/**
 * Sets up a run, restoring a checkpoint if there is one.
 *
 * @throws NnError what `restoreCheckpoint` and `createWorkerPool` throw
 */
export function createTrainingRun(options: TrainingOptions): TrainingRun {
  const { configuration, seed, kernels, initial, resume, wantsNetwork } = options;
  const state = createTrainingState(configuration, seed, kernels, initial);
  const identity = identityOf(options);
  if (resume) restoreCheckpoint(resume, state, identity);
  const memory = createStepMemory(state, options);
  return {
    ...options,
    identity,
    state,
    memory,
    pool: createWorkerPool(kernels, memory),
    shown: wantsNetwork && copyNetwork(resultOf(state)),
    logitsOf: createLogitsOf(resultOf(state)),
  };
}

/** Copies the threads' parameters to the state. */
export function updateState({ memory, state }: TrainingRun): void {
  unpackState(memory.parameters, state);
}

/**
 * Yields the current network if the options ask for it. It is copied from the threads' parameters, not by
 * `updateState`: if a thread is lost, the state must be that of the epoch's beginning. Between steps no
 * thread writes.
 */
export function* networkIfWanted(
  { wantsNetwork, shown, state, memory }: TrainingRun,
  position: Position,
): Generator<NetworkEvent, void> {
  const { step } = state.progress;
  if (!shown || !wantsNetwork?.(step)) return;
  unpackNetwork(memory.parameters, shown);
  yield { type: 'network', ...position, step, network: shown };
}

/** The current position in the run. */
export function positionOf({ configuration, state: { progress } }: TrainingRun): Position {
  const { phases } = configuration;
  return {
    phase: progress.phase + 1,
    phases: phases.length,
    epoch: progress.epoch + 1,
    epochs: phases[progress.phase]!.epochs,
  };
}

/** Whether early stopping is configured and validation accuracy has stopped rising. */
export function isStoppedEarly({ configuration, state: { progress } }: TrainingRun): boolean {
  const { earlyStopping } = configuration;
  return earlyStopping !== undefined && progress.epochsSinceBest >= earlyStopping.patience;
}

/**
 * Creates the checkpoint event.
 *
 * @param position of the run when the state was last updated
 */
export function checkpointOf(
  { state, identity }: TrainingRun,
  position: Position,
): CheckpointEvent {
  return { type: 'checkpoint', ...position, content: encodeCheckpoint(state, identity) };
}

/** The error of a run whose loss is no longer finite. */
export function divergenceOf(loss: number, at: Position, learningRate: number): NnError {
  return new NnError(
    'training-diverged',
    `the loss became ${loss} in phase ${at.phase}, epoch ${at.epoch}: train with a learning rate ` +
      `lower than ${learningRate}`,
  );
}
