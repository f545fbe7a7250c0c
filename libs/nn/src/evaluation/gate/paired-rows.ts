// The rows of pictures that both contenders read: what the one gained and lost against the other.

import { wholeNumber } from '../../report/numbers.ts';
import { holm, mcNemar } from './mcnemar.ts';
import {
  groupsTogether,
  type Pair,
  type PairedRule,
  pairedRules,
  together,
} from './paired-rules.ts';
import { countRight, type Reading } from './readings.ts';
import { type GateRow, type RowGroup, unopposed } from './row.ts';

/** One set as both read it. */
interface Paired extends Omit<Pair, 'p'> {
  readonly name: string;
  readonly group: RowGroup;
  /** pictures read right */
  readonly champion: number;
  readonly challenger: number;
}

/**
 * @param champion null for none; otherwise of the same sets in the same order
 * @returns a row for each set that has something to read, and one for some groups as a whole
 */
export function pairedRows(
  champion: readonly Reading[] | null,
  challenger: readonly Reading[],
): GateRow[] {
  return Object.entries(pairedRules).flatMap(([name, rule]) => {
    const own = challenger.filter(({ group }) => group === name);
    if (champion === null) return own.map(rowUnopposed);
    const others = champion.filter(({ group }) => group === name);
    return rowsOf(
      own.map((reading, i) => pairUp(others[i]!, reading)),
      rule,
    );
  });
}

function rowUnopposed(reading: Reading): GateRow {
  const { name, group, count } = reading;
  return unopposed({ name, group, challenger: (100 * countRight(reading)) / count, unit: '%' });
}

function rowsOf(pairs: readonly Paired[], rule: PairedRule): GateRow[] {
  const ps = holm(pairs.map(({ gained, lost }) => mcNemar(gained, lost)));
  const rows = pairs.map((pair, i) => rowOf(pair, ps[i]!, rule));
  const [first] = pairs;
  if (!first || pairs.length === 1 || !groupsTogether.includes(first.group)) return rows;
  return [...rows, rowOf(joinPairs(pairs, first.group), 1, together)];
}

function pairUp(champion: Reading, challenger: Reading): Paired {
  const { name, group, count, right } = challenger;
  let gained = 0;
  let lost = 0;
  for (const [i, own] of right.entries()) {
    const other = champion.right[i]!;
    if (own > other) gained++;
    else if (own < other) lost++;
  }
  return {
    name,
    group,
    count,
    gained,
    lost,
    champion: countRight(champion),
    challenger: countRight(challenger),
  };
}

function joinPairs(pairs: readonly Paired[], group: RowGroup): Paired {
  const sum = (value: (pair: Paired) => number) =>
    pairs.reduce((total, pair) => total + value(pair), 0);
  return {
    name: group === 'corruption' ? 'all corruptions' : 'all drawings',
    group,
    count: sum(({ count }) => count),
    gained: sum(({ gained }) => gained),
    lost: sum(({ lost }) => lost),
    champion: sum(({ champion }) => champion),
    challenger: sum(({ challenger }) => challenger),
  };
}

function rowOf(paired: Paired, p: number, rule: PairedRule): GateRow {
  const { name, group, count, gained, lost, champion, challenger } = paired;
  const pair = { gained, lost, count, p };
  const counts = [gained, lost, count].map(wholeNumber);
  return {
    name,
    group,
    champion: (100 * champion) / count,
    challenger: (100 * challenger) / count,
    unit: '%',
    verdict: rule.verdict(pair),
    matters: true,
    why: `${counts[0]} gained, ${counts[1]} lost of ${counts[2]}; ${rule.ground(pair)}`,
  };
}
