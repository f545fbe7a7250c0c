// The sets on which the gate compares models: those of nn:evaluate, and held-out corrections.

import {
  type Correction,
  isHeldOut,
  loadCorrections,
  samplesOfCorrections,
} from '../../src/data/corrections.ts';
import type { GateSet } from '../../src/evaluation/gate/set-results.ts';
import { countEvaluationSets, evaluationSets } from '../../src/evaluation/sets/evaluation-sets.ts';
import { feedbackSource, fetchOptions } from '../shared/environment.ts';
import { loadEvaluationSources } from '../shared/sources.ts';
import { digestOfSets } from './compared-digests.ts';
import type { PromoteOptions } from './options.ts';

/** The sets of one comparison. */
export interface GateSets {
  /** creates the sets; each call starts over */
  readonly sets: () => Iterable<GateSet>;
  /** number of sets */
  readonly count: number;
  /** SHA-256 of everything that the sets are made from */
  readonly sha256: string;
  /** a line about the held-out corrections; undefined without --feedback */
  readonly corrections: string | undefined;
}

/** Loads the data of the sets. @throws NnError `data-missing`, `data-corrupt`, `data-mismatch` */
export async function loadGateSets(
  options: PromoteOptions,
  signal: AbortSignal,
): Promise<GateSets> {
  const { feedback } = options;
  const loaded = await loadEvaluationSources(options);
  const heldOut =
    feedback === null ? undefined : await loadHeldOut(feedbackSource(feedback), signal);
  const hasCorrections = heldOut !== undefined && heldOut.length > 0;
  return {
    *sets() {
      yield* evaluationSets(loaded.sources);
      if (!hasCorrections) return;
      const samples = samplesOfCorrections(heldOut);
      yield { name: 'corrections held out', group: 'corrections', samples };
    },
    count: countEvaluationSets(loaded.sources) + (hasCorrections ? 1 : 0),
    sha256: digestOfSets(loaded, heldOut),
    corrections: heldOut && `Corrections held out of training: ${heldOut.length}.`,
  };
}

async function loadHeldOut(source: string, signal: AbortSignal): Promise<Correction[]> {
  const corrections = await loadCorrections(source, fetchOptions(signal));
  return corrections.filter(({ sha256 }) => isHeldOut(sha256));
}
