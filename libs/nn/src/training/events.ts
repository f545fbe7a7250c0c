// The events that a training run yields. Phases, epochs and batches count from 1. Events that are plain
// data are also lines of nn:train --json and are defined in libs/protocol.

import type { BatchEvent, EpochEvent, PhaseEvent } from '@digits/protocol';
import type { Network } from '../engine/network.ts';
import type { Measurement } from '../evaluation/metrics/measure.ts';
import type { SafetensorsContent } from '../registry/safetensors.ts';

export type { BatchEvent, EpochEvent, PhaseEvent };

/** The position of an event in the run. */
export interface Position {
  readonly phase: number;
  /** phases of the run */
  readonly phases: number;
  /** within the phase */
  readonly epoch: number;
  /** epochs of the phase */
  readonly epochs: number;
}

/** The state of the run; yielded after every epoch and when the run is interrupted. */
export interface CheckpointEvent extends Position {
  readonly type: 'checkpoint';
  /** Everything that resuming the run requires. Views on live arrays: save it before the next event. */
  readonly content: SafetensorsContent;
}

/** The network between two steps; yielded when `wantsNetwork` asks for it. */
export interface NetworkEvent extends Position {
  readonly type: 'network';
  /** completed steps of the run */
  readonly step: number;
  /** A copy of the network that is validated and saved. The next event overwrites its parameters. */
  readonly network: Network;
}

/** The logits of the validation samples; yielded after every epoch's validation. */
export interface ValidationEvent extends Position {
  readonly type: 'validation';
  /** [validation.count, classes] */
  readonly logits: Float32Array;
}

/** The last event. */
export interface DoneEvent {
  readonly type: 'done';
  readonly network: Network;
  readonly validation: Measurement;
  readonly history: readonly EpochEvent[];
}

/** An event of a training run. */
export type TrainingEvent =
  | PhaseEvent
  | BatchEvent
  | NetworkEvent
  | EpochEvent
  | ValidationEvent
  | CheckpointEvent
  | DoneEvent;
