// The set-up of a training run, and what is read off it between steps.

import { NnError } from '../errors.ts';
import { createLogitsOf, type LogitsOf } from '../evaluation/metrics/measure.ts';
import { encodeCheckpoint, restoreCheckpoint } from './checkpoint.ts';
import type { CheckpointEvent, Position } from './events.ts';
import type { TrainingOptions } from './options.ts';
import { packState, unpackState } from './parallel/panel-state.ts';
import { createSharedRun, type SharedRun } from './parallel/shared-run.ts';
import { createTeam, type Team } from './parallel/worker-pool.ts';
import { identityOf, type RunIdentity } from './run-identity.ts';
import { createTrainingState, resultOf, type TrainingState } from './state.ts';

export interface TrainingRun extends TrainingOptions {
  readonly identity: RunIdentity;
  /** up to date after every epoch; the threads work on their own arrays in between */
  readonly state: TrainingState;
  readonly shared: SharedRun;
  readonly team: Team;
  /** logits of the network that is validated */
  readonly logitsOf: LogitsOf;
}

/** @throws NnError what `restoreCheckpoint` and `createTeam` throw */
export function createTrainingRun(options: TrainingOptions): TrainingRun {
  const { configuration, seed, kernels, training, initial, resume } = options;
  const { threads = 1, teachers = [] } = options;
  const state = createTrainingState(configuration, seed, kernels, initial);
  const identity = identityOf(options);
  if (resume) restoreCheckpoint(resume, state, identity);
  const shared = createSharedRun(state, configuration, training, threads, teachers);
  packState(shared, state);
  return {
    ...options,
    identity,
    state,
    shared,
    team: createTeam(shared),
    logitsOf: createLogitsOf(resultOf(state)),
  };
}

/** Copies the threads' arrays into the state. */
export function updateState({ shared, state }: TrainingRun): void {
  unpackState(shared, state);
}

export function positionOf({ configuration, state: { progress } }: TrainingRun): Position {
  const { phases } = configuration;
  return {
    phase: progress.phase + 1,
    phases: phases.length,
    epoch: progress.epoch + 1,
    epochs: phases[progress.phase]!.epochs,
  };
}

/** Whether validation accuracy has stopped rising, where the configuration has `earlyStopping`. */
export function isStoppedEarly({ configuration, state: { progress } }: TrainingRun): boolean {
  const { earlyStopping } = configuration;
  return earlyStopping !== undefined && progress.epochsSinceBest >= earlyStopping.patience;
}

/** @param position of the run when the state was last updated */
export function checkpointOf(
  { state, identity }: TrainingRun,
  position: Position,
): CheckpointEvent {
  return { type: 'checkpoint', ...position, content: encodeCheckpoint(state, identity) };
}

/** The error of a run whose loss is not a number any more. */
export function divergenceOf(loss: number, at: Position, learningRate: number): NnError {
  return new NnError(
    'training-diverged',
    `the loss became ${loss} in phase ${at.phase}, epoch ${at.epoch}: train with a learning rate ` +
      `lower than ${learningRate}`,
  );
}
