// What a training run tells while it runs. Epochs, phases and batches count from 1.
import type { Measurement } from '../evaluate/measure.ts';
import type { Network } from '../network/network.ts';
import type { Phase } from './configuration.ts';

export interface Position {
  readonly phase: number;
  readonly phases: number;
  /** within the phase */
  readonly epoch: number;
  readonly epochs: number;
}

export type TrainingEvent =
  | ({ readonly type: 'phase'; readonly phase: number; readonly phases: number } & Phase)
  | ({
      readonly type: 'batch';
      readonly batch: number;
      readonly batches: number;
      /** images in this batch */
      readonly images: number;
      /** mean cross-entropy of this batch, in nats */
      readonly loss: number;
    } & Position)
  | ({
      readonly type: 'epoch';
      /** mean cross-entropy over the epoch's images, each at its own step, in nats */
      readonly loss: number;
      readonly validation: Measurement;
    } & Position)
  | { readonly type: 'done'; readonly network: Network; readonly validation: Measurement };
