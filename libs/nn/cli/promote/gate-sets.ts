// What the gate compares two models on: all that nn:evaluate measures, and corrections.

import { isHeldOut, loadCorrections, samplesOfCorrections } from '../../src/data/corrections.ts';
import type { Samples } from '../../src/data/samples.ts';
import type { GateSet } from '../../src/evaluation/gate/set-results.ts';
import { evaluationSets } from '../../src/evaluation/sets/evaluation-sets.ts';
import { loadEvaluationSources } from '../shared/evaluation-sources.ts';
import { feedbackSource, fetchOptions } from '../shared/feedback-source.ts';
import type { PromoteOptions } from './options.ts';

export interface GateSets {
  /** made when they are asked for, anew by every call */
  readonly sets: () => Iterable<GateSet>;
  /** of the corrections that were held out, for people; null where none were asked for */
  readonly corrections: string | null;
}

/** @throws NnError `data-missing`, `data-corrupt`, `data-mismatch` */
export async function loadGateSets(
  { data, strokes, feedback }: PromoteOptions,
  signal: AbortSignal,
): Promise<GateSets> {
  const { sources } = await loadEvaluationSources({ data, strokes });
  const heldOut = feedback === null ? null : await loadHeldOut(feedbackSource(feedback), signal);
  return {
    *sets() {
      yield* evaluationSets(sources);
      if (heldOut && heldOut.count > 0) {
        yield { name: 'corrections held out', group: 'corrections', samples: heldOut };
      }
    },
    corrections: heldOut && `Of the corrections ${heldOut.count} were held out of training.`,
  };
}

async function loadHeldOut(source: string, signal: AbortSignal): Promise<Samples> {
  const corrections = await loadCorrections(source, fetchOptions(signal));
  return samplesOfCorrections(corrections.filter(({ sha256 }) => isHeldOut(sha256)));
}
