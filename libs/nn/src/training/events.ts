// What a training run tells while it runs. Phases, epochs and batches count from 1.

import type { Network } from '../engine/network.ts';
import type { Measurement } from '../evaluation/metrics/measure.ts';
import type { SafetensorsContent } from '../registry/safetensors.ts';
import type { Phase } from './configuration.ts';

export interface Position {
  readonly phase: number;
  readonly phases: number;
  /** within the phase */
  readonly epoch: number;
  readonly epochs: number;
}

export interface PhaseEvent extends Phase {
  readonly type: 'phase';
  readonly phase: number;
  readonly phases: number;
}

export interface BatchEvent extends Position {
  readonly type: 'batch';
  readonly batch: number;
  readonly batches: number;
  /** images in this batch */
  readonly images: number;
  /** mean cross-entropy of this batch, in nats */
  readonly loss: number;
}

export interface EpochEvent extends Position {
  readonly type: 'epoch';
  /** mean cross-entropy over the epoch's images, each at its own step, in nats */
  readonly loss: number;
  /** of the epoch's last step */
  readonly learningRate: number;
  readonly validation: Measurement;
}

export interface CheckpointEvent extends Position {
  readonly type: 'checkpoint';
  /** Everything the run needs to go on; views on live arrays, to be written before going on. */
  readonly content: SafetensorsContent;
}

export interface DoneEvent {
  readonly type: 'done';
  readonly network: Network;
  readonly validation: Measurement;
  readonly history: readonly EpochEvent[];
}

export type TrainingEvent = PhaseEvent | BatchEvent | EpochEvent | CheckpointEvent | DoneEvent;
