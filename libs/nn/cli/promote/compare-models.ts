// Compares two models on the same images, figure by figure.

import type { Samples } from '../../src/data/samples.ts';
import { figureRows, type MeasuredModel } from '../../src/evaluation/gate/figure-rows.ts';
import type { GateRow } from '../../src/evaluation/gate/gate-row.ts';
import { medianLatencies } from '../../src/evaluation/gate/latency.ts';
import { pairedRows } from '../../src/evaluation/gate/paired-rows.ts';
import { runOnSets } from '../../src/evaluation/gate/set-results.ts';
import { type ProgressOptions, runGenerator } from '../shared/terminal.ts';
import type { GateModel } from './gate-models.ts';
import type { GateSets } from './gate-sets.ts';

/**
 * Runs both models on all sets and compares their figures.
 *
 * @param champion undefined if there is no champion to compare with
 * @param sets test images first
 * @param progress where it is shown
 * @throws the signal's reason when it is aborted
 */
export async function compareModels(
  champion: GateModel | undefined,
  candidate: GateModel,
  { sets, count }: GateSets,
  progress: Pick<ProgressOptions, 'stream' | 'signal' | 'onStep'>,
): Promise<GateRow[]> {
  const both = champion ? [candidate, champion] : [candidate];
  const models = both.map(({ model }) => model);
  let test: Samples | undefined;
  const keepingFirst = function* () {
    for (const set of sets()) {
      test ??= set.samples;
      yield set;
    }
  };
  const results = await runGenerator(runOnSets(models, keepingFirst()), {
    ...progress,
    verb: 'compared on',
    total: count,
  });
  const times = medianLatencies(models, test!, () => performance.now());
  const [measuredCandidate, measuredChampion] = both.map(
    ({ weights, bytes }, i): MeasuredModel => ({
      results: results[i]!,
      latencyMs: times[i]!,
      weights,
      bytes,
    }),
  );
  return [
    ...pairedRows(measuredChampion?.results ?? null, measuredCandidate!.results),
    ...figureRows(measuredChampion ?? null, measuredCandidate!),
  ];
}
