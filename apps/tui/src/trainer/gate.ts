// What nn:promote says with --json: the table that compares a trained version with the champion.

import { printable } from '../untrusted-text.ts';
import { badOutput, type Fields, fieldsOf, isVersion } from './checked.ts';

const verdicts = ['better', 'same', 'worse'] as const;

/** One figure of both; `unit` is `%`, `ms` or another that is printed as it is. */
export interface GateRow {
  readonly name: string;
  readonly group: string;
  /** undefined where there is none to compare with */
  readonly champion: number | undefined;
  readonly challenger: number;
  readonly unit: string;
  readonly verdict: (typeof verdicts)[number];
  /** Whether it stops a promotion if it is worse. */
  readonly matters: boolean;
  readonly why: string;
}

/** All texts are printable. */
export interface Gate {
  readonly version: string;
  readonly champion: string | undefined;
  readonly rows: readonly GateRow[];
  readonly passes: boolean;
  readonly promoted: boolean;
  readonly why: string;
}

/** Far more than there are figures. */
const maxRows = 500;

/** @throws LearningError LEARNING_BAD_OUTPUT for what is no table of the gate */
export function parseGate(line: string): Gate {
  const { type, version, champion, rows, passes, promoted, why } = fieldsOf(line);
  if (
    type === 'gate' &&
    isVersion(version) &&
    (champion === null || typeof champion === 'string') &&
    Array.isArray(rows) &&
    rows.length <= maxRows &&
    typeof passes === 'boolean' &&
    typeof promoted === 'boolean' &&
    typeof why === 'string'
  ) {
    return {
      version,
      champion: champion === null ? undefined : printable(champion, 100),
      rows: rows.map(parseRow),
      passes,
      promoted,
      why: printable(why, 500),
    };
  }
  throw badOutput('the table of the gate');
}

function parseRow(row: unknown): GateRow {
  const fields: Fields = typeof row === 'object' && row !== null ? { ...row } : {};
  const { name, group, champion, challenger, unit, verdict, matters, why } = fields;
  if (
    typeof name === 'string' &&
    typeof group === 'string' &&
    (champion === null || isFigure(champion)) &&
    isFigure(challenger) &&
    typeof unit === 'string' &&
    isVerdict(verdict) &&
    typeof matters === 'boolean' &&
    typeof why === 'string'
  ) {
    return {
      name: printable(name, 100),
      group: printable(group, 40),
      champion: champion ?? undefined,
      challenger,
      unit: printable(unit, 20),
      verdict,
      matters,
      why: printable(why, 300),
    };
  }
  throw badOutput('a row of the gate');
}

/** Whether a row stops the promotion. */
export function isStopping({ verdict, matters }: GateRow): boolean {
  return verdict === 'worse' && matters;
}

function isFigure(value: unknown): value is number {
  return Number.isFinite(value);
}

function isVerdict(value: unknown): value is GateRow['verdict'] {
  return verdicts.some(verdict => verdict === value);
}
