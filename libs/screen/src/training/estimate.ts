// How far a training is, and how long it still takes.

import type { BatchEvent } from '@digits/protocol';

type Place = Pick<BatchEvent, 'phase' | 'phases' | 'epoch' | 'epochs' | 'batch' | 'batches'>;

/**
 * The fraction of the run's epochs that are done after a batch, 0…1.
 *
 * @param epochsOfPhases epochs of each phase; if they are not known, all phases count alike
 */
export function fractionAfter(place: Place, epochsOfPhases: readonly number[] = []): number {
  const { phase, phases, epoch, epochs, batch, batches } = place;
  const inPhase = epoch - 1 + batch / batches;
  if (epochsOfPhases.length !== phases) return (phase - 1 + inPhase / epochs) / phases;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return (sum(epochsOfPhases.slice(0, phase - 1)) + inPhase) / sum(epochsOfPhases);
}

/** A completed fraction, 0…1, and its time on any clock. */
export interface Progress {
  readonly fraction: number;
  readonly ms: number;
}

/** The estimated remaining time, linearly extrapolated; undefined before there is progress. */
export function remainingMs(start: Progress, now: Progress): number | undefined {
  const done = now.fraction - start.fraction;
  return done > 0 ? ((1 - now.fraction) / done) * (now.ms - start.ms) : undefined;
}

/** Minutes and seconds. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')}`;
}
