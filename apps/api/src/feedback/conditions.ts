// The SQL conditions of the filters of lists and exports.

import type { SQLInputValue } from 'node:sqlite';
import { Problem } from '../problem.ts';
import type { FeedbackFilters } from '../schemas/feedback.ts';

export interface SqlCondition {
  /** With named parameters for all values from outside. */
  readonly sql: string;
  readonly parameters: Record<string, SQLInputValue>;
}

type Clauses = { readonly [Name in keyof FeedbackFilters]-?: string };

/** The span includes "since" and excludes "until". */
const clauses: Clauses = {
  label: 'label = :label',
  predicted: 'predicted = :predicted',
  source: 'source = :source',
  model: 'model_version = :model',
  since: 'created_at >= :since',
  until: 'created_at < :until',
  // A missing prediction counts as wrong.
  wrong: '(predicted IS DISTINCT FROM label) = :wrong',
};

/**
 * The condition of these filters. Other names in the object are ignored.
 *
 * @throws Problem `bad-request` for a time without a value
 */
export function toSqlCondition(filters: FeedbackFilters): SqlCondition {
  // The names come from here, not from the query: it can have "constructor" or "__proto__".
  const names = Object.keys(clauses) as (keyof Clauses)[];
  const given = names.filter(name => filters[name] !== undefined);
  return {
    sql: given.map(name => clauses[name]).join(' AND ') || 'TRUE',
    parameters: Object.fromEntries(given.map(name => [name, toSqlValue(name, filters[name]!)])),
  };
}

function toSqlValue(name: keyof Clauses, value: string | number | boolean): SQLInputValue {
  if (typeof value === 'boolean') return Number(value);
  return name === 'since' || name === 'until' ? toUtc(String(value)) : value;
}

const firstTime = Date.parse('0001-01-01T00:00:00.000Z');
const lastTime = Date.parse('9999-12-31T23:59:59.999Z');

/** SQLite compares times as text: in UTC, with milliseconds and a year of four digits. */
function toUtc(time: string): string {
  // A leap second is the first second of the next minute, as in PostgreSQL. Hours and minutes end
  // before 60.
  const isLeapSecond = time.includes(':60');
  const milliseconds = Date.parse(time.replace(':60', ':59')) + (isLeapSecond ? 1000 : 0);
  if (Number.isNaN(milliseconds)) {
    throw new Problem('bad-request', 'Send a time as in 2026-03-14T15:09:26Z or …+01:00.');
  }
  return new Date(Math.min(Math.max(milliseconds, firstTime), lastTime)).toISOString();
}
