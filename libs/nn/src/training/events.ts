// What a training run reports while it runs. Phases, epochs and batches count from 1. The events that
// are plain data are lines of nn:train --json and defined in libs/protocol.

import type { BatchEvent, EpochEvent, PhaseEvent } from '@digits/protocol';
import type { Network } from '../engine/network.ts';
import type { Measurement } from '../evaluation/metrics/measure.ts';
import type { SafetensorsContent } from '../registry/safetensors.ts';

export type { BatchEvent, EpochEvent, PhaseEvent };

/** Where in the run an event happened. */
export interface Position {
  readonly phase: number;
  /** phases of the run */
  readonly phases: number;
  /** within the phase */
  readonly epoch: number;
  /** epochs of the phase */
  readonly epochs: number;
}

/** The state of the run, after every epoch and where it is interrupted. */
export interface CheckpointEvent extends Position {
  readonly type: 'checkpoint';
  /** Everything the run needs to resume: views on live arrays, to be written before the next event. */
  readonly content: SafetensorsContent;
}

/** The last event. */
export interface DoneEvent {
  readonly type: 'done';
  readonly network: Network;
  readonly validation: Measurement;
  readonly history: readonly EpochEvent[];
}

export type TrainingEvent = PhaseEvent | BatchEvent | EpochEvent | CheckpointEvent | DoneEvent;
