// How a contender reads the sets: picture by picture, for whoever pairs them.

import type { Samples } from '../../data/samples.ts';
import { argmax } from '../../engine/softmax.ts';
import type { Model } from '../../inference/model.ts';
import { countDecisions, refusedFraction } from '../metrics/decisions.ts';
import { evaluateLogits } from '../metrics/evaluation.ts';
import { createLogitsOf, type LogitsOf } from '../metrics/measure.ts';
import { type Scores, scoresOf } from '../metrics/scores.ts';
import type { EvaluationSet } from '../sets/evaluation-set.ts';
import type { RowGroup } from './gate-row.ts';

/** An evaluation set, or corrections that were held out. */
export interface GateSet extends Pick<EvaluationSet, 'name' | 'samples'> {
  readonly group: RowGroup;
}

/** One contender's answers to one set. */
export interface SetResult {
  readonly name: string;
  readonly group: RowGroup;
  readonly count: number;
  /** [count] 1 for each picture that was read right; none are where nothing is to be read */
  readonly isCorrect: Uint8Array;
  /** null for spoilt digits and corrections: whether to refuse them is anybody's guess */
  readonly refusal: RefusalResult | null;
  /** 0…1; null for all but test images */
  readonly calibrationError: number | null;
}

/** What refusal hangs on. */
export interface RefusalResult {
  readonly scores: Scores;
  /** how many pictures, by the model's own thresholds; none by a model without */
  readonly refused: number;
}

/** The groups that refusal is measured on: digits that should not be refused, and what should. */
export const digitGroups: readonly RowGroup[] = ['test', 'drawings'];
const refusalGroups: readonly RowGroup[] = [...digitGroups, 'no-digits'];

/**
 * Shows every set to all contenders before the next set is made, and yields the name of each that
 * is done.
 *
 * @returns for each contender its readings, in the order of the sets
 */
export function* runOnSets(
  contenders: readonly Model[],
  sets: Iterable<GateSet>,
): Generator<string, SetResult[][]> {
  const views = contenders.map(({ network }) => createLogitsOf(network));
  const readings = contenders.map((): SetResult[] => []);
  for (const set of sets) {
    for (const [i, model] of contenders.entries()) readings[i]!.push(read(model, views[i]!, set));
    yield set.name;
  }
  return readings;
}

function read(model: Model, logitsOf: LogitsOf, { name, group, samples }: GateSet): SetResult {
  const { count, labels } = samples;
  const logits = logitsOf(samples);
  return {
    name,
    group,
    count,
    isCorrect: findRight(logits, labels),
    refusal: refusalGroups.includes(group) ? judgeAll(model, logits, samples) : null,
    calibrationError:
      group === 'test'
        ? evaluateLogits(logits, labels, model).calibrated.expectedCalibrationError
        : null,
  };
}

function findRight(logits: Float32Array, labels: Uint8Array): Uint8Array {
  const N = logits.length / labels.length;
  return Uint8Array.from(labels, (label, i) =>
    Number(argmax(logits.subarray(i * N, (i + 1) * N)) === label),
  );
}

function judgeAll(
  { temperature, acceptance }: Model,
  logits: Float32Array,
  samples: Samples,
): RefusalResult {
  const scores = scoresOf(logits, samples, temperature);
  const share = refusedFraction(countDecisions(scores, acceptance)) ?? 0;
  return { scores, refused: Math.round(share * samples.count) };
}

/** How many pictures were read right. */
export function countCorrect({ isCorrect }: SetResult): number {
  return isCorrect.reduce((sum, one) => sum + one, 0);
}
