// Which corrections are meant, as a condition in SQL.

import type { SQLInputValue } from 'node:sqlite';
import type { FeedbackFilters } from '../schemas/feedback.ts';

export interface Condition {
  /** With named parameters for every value that came from outside. */
  readonly sql: string;
  readonly parameters: Record<string, SQLInputValue>;
}

type Clauses = { readonly [Name in keyof FeedbackFilters]-?: string };

/** Of the two kinds of time, "since" belongs to the span and "until" does not. */
const clauses: Clauses = {
  label: 'label = :label',
  predicted: 'predicted = :predicted',
  source: 'source = :source',
  model: 'model_version = :model',
  since: 'created_at >= :since',
  until: 'created_at < :until',
  // Where nothing was predicted, it was wrong.
  wrong: '(predicted IS NOT label) = :wrong',
};

export function toSqlCondition(filters: FeedbackFilters): Condition {
  const given = Object.entries(filters).filter(([name]) => name in clauses);
  const names = given.map(([name]) => name as keyof FeedbackFilters);
  return {
    sql: names.map(name => clauses[name]).join(' AND ') || 'TRUE',
    parameters: Object.fromEntries(given.map(([name, value]) => [name, toSql(name, value)])),
  };
}

function toSql(name: string, value: string | number | boolean): SQLInputValue {
  if (typeof value === 'boolean') return Number(value);
  // Times are kept, and compared, as UTC with milliseconds.
  return name === 'since' || name === 'until' ? new Date(value).toISOString() : value;
}
