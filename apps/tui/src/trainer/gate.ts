// What nn:promote says with --json: the table that compares a trained version with the champion.

import type { Gate, GateRow } from '../state/gate.ts';
import { printable } from '../untrusted-text.ts';
import { badOutput, type Fields, fieldsOf, isVersion } from './checked.ts';

const verdicts: readonly GateRow['verdict'][] = ['better', 'same', 'worse'];

/** Far more than there are figures. */
const maxRows = 500;

/** @throws AppError trainer-bad-output for what is no table of the gate */
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

function isFigure(value: unknown): value is number {
  return Number.isFinite(value);
}

function isVerdict(value: unknown): value is GateRow['verdict'] {
  return verdicts.some(verdict => verdict === value);
}
