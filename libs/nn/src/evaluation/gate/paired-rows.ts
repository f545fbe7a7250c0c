// The gate's rows for sets that both models classify: the images that the challenger gained and lost.

import { wholeNumber } from '../metrics/format.ts';
import { type GateRow, type RowGroup, rowWithoutChampion } from './gate-row.ts';
import { holm, mcNemar } from './mcnemar.ts';
import {
  type PairedCounts,
  type PairedRule,
  pairedRules,
  pooledNames,
  pooledRule,
} from './paired-rules.ts';
import { countCorrect, type SetResult } from './set-results.ts';

/** The result of McNemar's test on one of the sets of a group. */
type TestResult = Pick<PairedCounts, 'p' | 'adjustedP' | 'sets'>;

/** The paired counts of one set. */
interface PairedResult extends Omit<PairedCounts, keyof TestResult> {
  readonly name: string;
  readonly group: RowGroup;
  /** images that the champion classifies correctly */
  readonly championCorrect: number;
}

/**
 * Compares the results of both models set by set.
 *
 * @param champion null if there is none; otherwise results on the same sets in the same order
 * @returns a row for each set of digits, and one for each group in `pooledNames`, its sets pooled
 */
export function pairedRows(
  champion: readonly SetResult[] | null,
  challenger: readonly SetResult[],
): GateRow[] {
  return Object.entries(pairedRules).flatMap(([name, rule]) => {
    const challengers = challenger.filter(({ group }) => group === name);
    if (champion === null) return challengers.map(rowAlone);
    const champions = champion.filter(({ group }) => group === name);
    return rowsOf(
      challengers.map((result, i) => pairUp(champions[i]!, result)),
      rule,
    );
  });
}

function rowAlone(result: SetResult): GateRow {
  const { name, group, count } = result;
  return rowWithoutChampion({
    name,
    group,
    challenger: (100 * countCorrect(result)) / count,
    unit: '%',
  });
}

function rowsOf(pairs: readonly PairedResult[], rule: PairedRule): GateRow[] {
  const ps = pairs.map(({ gained, lost }) => mcNemar(gained, lost));
  const adjustedPs = holm(ps);
  const rows = pairs.map((pair, i) =>
    rowOf(pair, { p: ps[i]!, adjustedP: adjustedPs[i]!, sets: pairs.length }, rule),
  );
  const [first] = pairs;
  const name = first && pooledNames[first.group];
  if (name === undefined || pairs.length === 1) return rows;
  // The pooled rule uses no p-value.
  const untested = { p: 1, adjustedP: 1, sets: 1 };
  return [...rows, rowOf(poolPairs(pairs, name), untested, pooledRule)];
}

function pairUp(champion: SetResult, challenger: SetResult): PairedResult {
  const { name, group, count, isCorrect } = challenger;
  let gained = 0;
  let lost = 0;
  for (const [i, challengerIsCorrect] of isCorrect.entries()) {
    const championIsCorrect = champion.isCorrect[i]!;
    if (challengerIsCorrect > championIsCorrect) gained++;
    else if (challengerIsCorrect < championIsCorrect) lost++;
  }
  return {
    name,
    group,
    count,
    gained,
    lost,
    correct: countCorrect(challenger),
    championCorrect: countCorrect(champion),
  };
}

function poolPairs(pairs: readonly PairedResult[], name: string): PairedResult {
  const sum = (value: (pair: PairedResult) => number) =>
    pairs.reduce((total, pair) => total + value(pair), 0);
  return {
    name,
    group: pairs[0]!.group,
    count: sum(({ count }) => count),
    gained: sum(({ gained }) => gained),
    lost: sum(({ lost }) => lost),
    correct: sum(({ correct }) => correct),
    championCorrect: sum(({ championCorrect }) => championCorrect),
  };
}

function rowOf(paired: PairedResult, test: TestResult, rule: PairedRule): GateRow {
  const { name, group, count, gained, lost, correct, championCorrect } = paired;
  const pair = { ...paired, ...test };
  const counts = [gained, lost, count].map(wholeNumber);
  return {
    name,
    group,
    champion: (100 * championCorrect) / count,
    challenger: (100 * correct) / count,
    unit: '%',
    verdict: rule.verdict(pair),
    matters: true,
    why: `${counts[0]} gained, ${counts[1]} lost of ${counts[2]}; ${rule.reason(pair)}`,
  };
}
