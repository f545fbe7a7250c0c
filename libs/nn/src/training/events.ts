// What a training run reports while it runs. Phases, epochs and batches count from 1.

import type { Network } from '../engine/network.ts';
import type { Measurement } from '../evaluation/metrics/measure.ts';
import type { SafetensorsContent } from '../registry/safetensors.ts';
import type { Phase } from './configuration.ts';

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

/** A phase begins. */
export interface PhaseEvent extends Phase {
  readonly type: 'phase';
  readonly phase: number;
  readonly phases: number;
}

/** One step is done. */
export interface BatchEvent extends Position {
  readonly type: 'batch';
  readonly batch: number;
  /** batches of the epoch */
  readonly batches: number;
  /** images in this batch */
  readonly images: number;
  /** mean cross-entropy of this batch, in nats */
  readonly loss: number;
}

/** An epoch is done and validated. */
export interface EpochEvent extends Position {
  readonly type: 'epoch';
  /** mean cross-entropy over the epoch's images, each at its own step, in nats */
  readonly loss: number;
  /** of the epoch's last step */
  readonly learningRate: number;
  readonly validation: Measurement;
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
