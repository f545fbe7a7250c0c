// Measures a network on one set after another and summarises the results as plain data.

import { argmax } from '../../engine/softmax.ts';
import type { RejectionThresholds } from '../../inference/decision.ts';
import { evaluateLogits } from '../metrics/evaluation.ts';
import type { LogitsOf } from '../metrics/measure.ts';
import {
  listFalsePositives,
  listMistakes,
  type PicturedMistake,
  pictureMistakes,
} from '../metrics/mistakes.ts';
import {
  countDecisions,
  measureRefusal,
  type Refusal,
  type ScoredSet,
} from '../metrics/refusal.ts';
import { setScoresOf } from '../metrics/scores.ts';
import { digitGroups, type EvaluationSet, type SetGroup } from './evaluation-set.ts';
import { type GroupSummary, type SetEvaluation, summariseGroup } from './set-evaluation.ts';

/** A network with its temperature and thresholds. */
export interface MeasuredNetwork {
  readonly logitsOf: LogitsOf;
  /** divides the logits before softmax */
  readonly temperature: number;
  /** null for a model without thresholds */
  readonly acceptance: RejectionThresholds | null;
  /** names of the classes; their numbers by default */
  readonly classes?: readonly string[] | undefined;
}

/** The figures of all sets, as plain data for JSON, cards and reports. */
export interface SetMeasurements {
  /** in the order of the sets */
  readonly evaluations: readonly SetEvaluation[];
  /** one for every group with more than one set */
  readonly groups: readonly GroupSummary[];
  /** null if no set holds outliers */
  readonly refusal: Refusal | null;
}

/** The most confident mistakes of one set; for outliers, the most confident predictions. */
export interface WorstOfSet {
  readonly name: string;
  readonly group: SetGroup;
  readonly mistakes: readonly PicturedMistake[];
}

/** The figures and the worst mistakes of all sets. */
export interface MeasuredSets {
  readonly measurements: SetMeasurements;
  /** one entry per set, in order; its list of mistakes may be empty */
  readonly worst: readonly WorstOfSet[];
}

/** Mistakes kept per set: one row of the report, and more for the test images. */
const maxMistakes = 7;
const maxTestMistakes = 48;

/**
 * Measures all sets. Yields the name of each completed set, so that the caller can show progress and stop
 * between sets.
 */
export function* measureSets(
  measured: MeasuredNetwork,
  sets: Iterable<EvaluationSet>,
): Generator<string, MeasuredSets> {
  const evaluations: SetEvaluation[] = [];
  const worst: WorstOfSet[] = [];
  const digits: ScoredSet[] = [];
  const outliers: ScoredSet[] = [];
  for (const set of sets) {
    const { name, group, writers, samples } = set;
    const logits = measured.logitsOf(samples);
    const scored = scoreSet(set, logits, measured);
    const mistakes = worstOf(set, logits, scored, measured);
    worst.push({ name, group, mistakes: pictureMistakes(mistakes, samples) });
    if (group === 'no-digits') outliers.push(scored);
    else {
      const evaluation = evaluateLogits(logits, samples.labels, measured);
      evaluations.push({ name, group, writers, verdicts: scored.verdicts, evaluation });
      if (digitGroups.includes(group)) digits.push(scored);
    }
    yield name;
  }
  const groups = [...Map.groupBy(evaluations, ({ group }) => group).values()]
    .filter(members => members.length > 1)
    .map(summariseGroup);
  const refusal = measureRefusal(digits, outliers);
  return { measurements: { evaluations, groups, refusal }, worst };
}

function scoreSet(
  { name, writers, samples }: EvaluationSet,
  logits: Float32Array,
  { temperature, acceptance }: MeasuredNetwork,
): ScoredSet {
  const scores = setScoresOf(logits, samples, temperature);
  const verdicts = countDecisions(scores, acceptance);
  return { name, count: samples.count, writers, scores, verdicts };
}

function worstOf(
  { group, samples: { count, labels } }: EvaluationSet,
  logits: Float32Array,
  { scores }: ScoredSet,
  { temperature }: MeasuredNetwork,
) {
  if (group !== 'no-digits') {
    const kept = group === 'test' ? maxTestMistakes : maxMistakes;
    return listMistakes(logits, labels, { maxMistakes: kept, temperature });
  }
  const N = logits.length / count;
  const predicted = Uint8Array.from(labels, (_, i) => argmax(logits.subarray(i * N, (i + 1) * N)));
  return listFalsePositives(scores.confidence, predicted, maxMistakes);
}
