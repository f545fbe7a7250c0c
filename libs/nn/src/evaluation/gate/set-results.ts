// Runs models on the sets and records the result for each image, for the paired tests.

import type { Samples } from '../../data/samples.ts';
import { argmax } from '../../engine/softmax.ts';
import type { Model } from '../../inference/model.ts';
import { evaluateLogits } from '../metrics/evaluation.ts';
import { createLogitsOf, type LogitsOf } from '../metrics/measure.ts';
import { countDecisions, refusedFraction } from '../metrics/refusal.ts';
import { type SetScores, setScoresOf } from '../metrics/scores.ts';
import { digitGroups, type EvaluationSet } from '../sets/evaluation-set.ts';
import type { RowGroup } from './gate-row.ts';

/** An evaluation set, or the held-out corrections. */
export interface GateSet extends Pick<EvaluationSet, 'name' | 'samples'> {
  readonly group: RowGroup;
}

/** One model's predictions on one set. */
export interface SetResult {
  readonly name: string;
  readonly group: RowGroup;
  readonly count: number;
  /** [count] 1 for each correct prediction; all 0 for outliers, which have no class */
  readonly isCorrect: Uint8Array;
  /** null for corrupted digits and corrections, which may be refused or accepted */
  readonly refusal: RefusalResult | null;
  /** 0…1; null for all but test images */
  readonly calibrationError: number | null;
}

/** The scores of a set and the number of refused images. */
export interface RefusalResult {
  readonly scores: SetScores;
  /** number of images refused by the model's thresholds; 0 for a model without thresholds */
  readonly refused: number;
}

/** The groups on which refusal is measured. */
const refusalGroups: readonly RowGroup[] = [...digitGroups, 'no-digits'];

/**
 * Runs all models on each set before the next set is created, and yields the name of each completed
 * set.
 *
 * @returns for each model its results, in the order of the sets
 */
export function* runOnSets(
  models: readonly Model[],
  sets: Iterable<GateSet>,
): Generator<string, SetResult[][]> {
  const logitsOf = models.map(({ network }) => createLogitsOf(network));
  const results = models.map((): SetResult[] => []);
  for (const set of sets) {
    for (const [i, model] of models.entries()) results[i]!.push(runOnSet(model, logitsOf[i]!, set));
    yield set.name;
  }
  return results;
}

function runOnSet(model: Model, logitsOf: LogitsOf, { name, group, samples }: GateSet): SetResult {
  const { count, labels } = samples;
  const logits = logitsOf(samples);
  return {
    name,
    group,
    count,
    isCorrect: correctPredictions(logits, labels),
    refusal: refusalGroups.includes(group) ? measureSetRefusal(model, logits, samples) : null,
    calibrationError:
      group === 'test'
        ? evaluateLogits(logits, labels, model).calibrated.expectedCalibrationError
        : null,
  };
}

function correctPredictions(logits: Float32Array, labels: Uint8Array): Uint8Array {
  const N = logits.length / labels.length;
  return Uint8Array.from(labels, (label, i) =>
    Number(argmax(logits.subarray(i * N, (i + 1) * N)) === label),
  );
}

function measureSetRefusal(
  { temperature, acceptance }: Model,
  logits: Float32Array,
  samples: Samples,
): RefusalResult {
  const scores = setScoresOf(logits, samples, temperature);
  const fraction = refusedFraction(countDecisions(scores, acceptance)) ?? 0;
  return { scores, refused: Math.round(fraction * samples.count) };
}

/** Number of correct predictions. */
export function countCorrect({ isCorrect }: SetResult): number {
  return isCorrect.reduce((sum, one) => sum + one, 0);
}
