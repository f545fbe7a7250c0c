// Compares two runs: the facts about both, and their differences.

import { percent } from '../../src/evaluation/metrics/format.ts';
import { parseJson } from '../../src/parse-json.ts';
import { factName, factText } from '../../src/report/tables/facts.ts';
import type { KnownRun } from './known-runs.ts';

/** A fact about both runs. */
export interface ComparedFact {
  readonly section: string;
  readonly name: string;
  /** null if unknown */
  readonly first: string | null;
  readonly second: string | null;
  /** second − first if both are numbers, null otherwise */
  readonly difference: number | null;
  readonly isSame: boolean;
}

/** Lists all facts that are known about either run. */
export function compareRuns(first: KnownRun, second: KnownRun): ComparedFact[] {
  const [one, other] = [allFacts(first), allFacts(second)];
  const sections = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return sections.flatMap(section => {
    const [left, right] = [one[section] ?? {}, other[section] ?? {}];
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return names.map(name => compareFact(section, name, left[name], right[name]));
  });
}

function allFacts({ facts, epochs, samples, history }: KnownRun): KnownRun['facts'] {
  const flat = Object.fromEntries(
    Object.entries(facts).map(([section, own]) => [section, Object.fromEntries(flatten(own))]),
  );
  const last = history.at(-1);
  if (!last) return flat;
  const curves = {
    epochs: String(epochs),
    // Figures are named after their samples, so that those of different samples are not subtracted.
    'last training loss': `${last.loss.toFixed(4)} on its own samples`,
    [`last loss, ${samples}`]: last.validation.loss.toFixed(4),
    [`last accuracy, ${samples}`]: percent(last.validation.accuracy),
  };
  return { ...flat, Curves: curves };
}

/** Splits facts that are JSON objects, for example 'phase 1' into 'phase 1 epochs' and others. */
function flatten(facts: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(facts).flatMap(([name, fact]) => {
    const parts = parseObject(fact);
    if (parts === undefined) return [[factName(name), factText(fact)]];
    return flatten(
      Object.fromEntries(
        Object.entries(parts).map(([key, value]) => [
          `${name} ${key}`,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      ),
    );
  });
}

function parseObject(text: string): object | undefined {
  return text.startsWith('{') ? (parseJson(text) as object | undefined) : undefined;
}

function compareFact(
  section: string,
  name: string,
  first: string | undefined,
  second: string | undefined,
): ComparedFact {
  return {
    section,
    name,
    first: first ?? null,
    second: second ?? null,
    difference: differenceOf(first, second),
    isSame: first === second,
  };
}

/** Subtracts facts that are numbers, such as '99.40 %' and '10,000', but not '784-512-10' or '98.1–99.2 %'. */
function differenceOf(first = '', second = ''): number | null {
  const [one, other] = [first, second].map(text => {
    const plain = text.replaceAll(',', '').replace(/ %$/, '');
    return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
  });
  const difference = Number((other! - one!).toPrecision(6));
  return Number.isNaN(difference) ? null : difference;
}
