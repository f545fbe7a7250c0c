// The sets on which the gate compares models: those of nn:evaluate, and held-out corrections.

import { isHeldOut, loadCorrections, samplesOfCorrections } from '../../src/data/corrections.ts';
import type { Samples } from '../../src/data/samples.ts';
import type { GateSet } from '../../src/evaluation/gate/set-results.ts';
import { evaluationSets } from '../../src/evaluation/sets/evaluation-sets.ts';
import { feedbackSource, fetchOptions } from '../shared/environment.ts';
import { loadEvaluationSources } from '../shared/sources.ts';
import type { PromoteOptions } from './options.ts';

/** The sets of one comparison. */
export interface GateSets {
  /** creates the sets; each call starts over */
  readonly sets: () => Iterable<GateSet>;
  /** a line about the held-out corrections; undefined without --feedback */
  readonly corrections: string | undefined;
}

/** Loads the data of the sets. @throws NnError `data-missing`, `data-corrupt`, `data-mismatch` */
export async function loadGateSets(
  { data, strokes, feedback }: PromoteOptions,
  signal: AbortSignal,
): Promise<GateSets> {
  const { sources } = await loadEvaluationSources({ data, strokes });
  const heldOut =
    feedback === null ? undefined : await loadHeldOut(feedbackSource(feedback), signal);
  return {
    *sets() {
      yield* evaluationSets(sources);
      if (heldOut && heldOut.count > 0) {
        yield { name: 'corrections held out', group: 'corrections', samples: heldOut };
      }
    },
    corrections: heldOut && `Corrections held out of training: ${heldOut.count}.`,
  };
}

async function loadHeldOut(source: string, signal: AbortSignal): Promise<Samples> {
  const corrections = await loadCorrections(source, fetchOptions(signal));
  return samplesOfCorrections(corrections.filter(({ sha256 }) => isHeldOut(sha256)));
}
