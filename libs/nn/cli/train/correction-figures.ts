// Whether corrections were learnt: read off those that were held out, before and after.

import { type Correction, samplesOfCorrections } from '../../src/data/corrections.ts';
import type { Network } from '../../src/engine/network.ts';
import { createLogitsOf, measure } from '../../src/evaluation/metrics/measure.ts';
import type { TrainingCorrections } from './corrections.ts';
import type { TrainingPlan } from './plan.ts';

/** Of so many corrections, how many are read right. */
export interface ReadCorrections {
  readonly count: number;
  /** by the champion that the training began with; null where it began with none */
  readonly before: number | null;
  readonly after: number;
}

export interface Learning {
  readonly trained: ReadCorrections;
  readonly heldOut: ReadCorrections;
  readonly doubtful: number;
}

export function measureLearning(
  network: Network,
  { champion }: TrainingPlan,
  { trained, heldOut, doubtful }: TrainingCorrections,
): Learning {
  const read = (corrections: readonly Correction[]) => ({
    count: corrections.length,
    before: champion && countRight(champion.model.network, corrections),
    after: countRight(network, corrections),
  });
  return { trained: read(trained), heldOut: read(heldOut), doubtful: doubtful.length };
}

function countRight(network: Network, corrections: readonly Correction[]): number {
  if (corrections.length === 0) return 0;
  const samples = samplesOfCorrections(corrections);
  return measure(createLogitsOf(network)(samples), samples.labels).correct;
}

export function describeLearning({ trained, heldOut }: Learning): string {
  const tell = ({ count, before, after }: ReadCorrections) =>
    `${after} of ${count}${before === null ? '' : ` (before: ${before})`}`;
  return `Corrections read right: ${tell(trained)} learnt, ${tell(heldOut)} held out.`;
}
