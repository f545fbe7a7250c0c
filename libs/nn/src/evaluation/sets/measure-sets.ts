// Shows sets to a network, one after the other, and sums up as plain data how it did.

import { argmax } from '../../engine/softmax.ts';
import type { RejectionThresholds } from '../../inference/decision.ts';
import { countDecisions, type DecisionCounts } from '../metrics/decisions.ts';
import { evaluateLogits, type NamedEvaluation } from '../metrics/evaluation.ts';
import type { LogitsOf } from '../metrics/measure.ts';
import {
  listFalsePositives,
  listMistakes,
  type PicturedMistake,
  pictureMistakes,
} from '../metrics/mistakes.ts';
import { measureRefusal, type Refusal, type ScoredSet } from '../metrics/refusal.ts';
import { scoresOf } from '../metrics/scores.ts';
import type { EvaluationSet, SetGroup } from './evaluation-set.ts';
import { type GroupSummary, summariseGroup } from './group-summary.ts';

/** A network and what its logits are judged by. */
export interface MeasuredNetwork {
  readonly logitsOf: LogitsOf;
  /** divides the logits before softmax */
  readonly temperature: number;
  /** null: nothing is refused */
  readonly acceptance: RejectionThresholds | null;
}

/** How one set of digits, or of the data's other classes, was read. */
export interface SetEvaluation extends NamedEvaluation {
  readonly group: Exclude<SetGroup, 'no-digits'>;
  readonly writers: number | null;
  /** null for a model without thresholds */
  readonly verdicts: DecisionCounts | null;
}

/** Plain data, for JSON, cards and reports. */
export interface SetMeasurements {
  /** in the order of the sets */
  readonly evaluations: readonly SetEvaluation[];
  /** of every group with more than one set */
  readonly groups: readonly GroupSummary[];
  /** null where no set shows what is no digit */
  readonly refusal: Refusal | null;
}

/** The worst of one set: mistakes, or answers where there was nothing to answer. */
export interface WorstOfSet {
  readonly name: string;
  readonly group: SetGroup;
  readonly mistakes: readonly PicturedMistake[];
}

export interface MeasuredSets {
  readonly measurements: SetMeasurements;
  /** of every set, in their order; empty for a set without mistakes */
  readonly worst: readonly WorstOfSet[];
}

/** Pictures of one set that are kept, a row of the report; more of the test images, the usual ones. */
const keptMistakes = 7;
const keptTestMistakes = 48;

/** The groups whose digits are good enough that refusing them is a loss. */
const genuine: readonly SetGroup[] = ['test', 'drawings'];

/**
 * Measures, and yields the name of every set that is done, so that whoever draws on it can show how
 * far it is and stop between two sets.
 */
export function* measureSets(
  measured: MeasuredNetwork,
  sets: Iterable<EvaluationSet>,
): Generator<string, MeasuredSets> {
  const evaluations: SetEvaluation[] = [];
  const worst: WorstOfSet[] = [];
  const digits: ScoredSet[] = [];
  const noDigits: ScoredSet[] = [];
  for (const set of sets) {
    const { name, group, writers, samples } = set;
    const logits = measured.logitsOf(samples);
    const scored = scoreSet(set, logits, measured);
    const mistakes = worstOf(set, logits, scored, measured);
    worst.push({ name, group, mistakes: pictureMistakes(mistakes, samples) });
    if (group === 'no-digits') noDigits.push(scored);
    else {
      const evaluation = evaluateLogits(logits, samples.labels, measured);
      evaluations.push({ name, group, writers, verdicts: scored.verdicts, evaluation });
      if (genuine.includes(group)) digits.push(scored);
    }
    yield name;
  }
  const groups = [...Map.groupBy(evaluations, ({ group }) => group).values()]
    .filter(members => members.length > 1)
    .map(summariseGroup);
  const refusal = measureRefusal(digits, noDigits);
  return { measurements: { evaluations, groups, refusal }, worst };
}

function scoreSet(
  { name, writers, samples }: EvaluationSet,
  logits: Float32Array,
  { temperature, acceptance }: MeasuredNetwork,
): ScoredSet {
  const scores = scoresOf(logits, samples, temperature);
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
    const kept = group === 'test' ? keptTestMistakes : keptMistakes;
    return listMistakes(logits, labels, { maxMistakes: kept, temperature });
  }
  const N = logits.length / count;
  const predicted = Uint8Array.from(labels, (_, i) => argmax(logits.subarray(i * N, (i + 1) * N)));
  return listFalsePositives(scores.confidence, predicted, keptMistakes);
}
