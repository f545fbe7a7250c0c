// Reading queries of the two tables: filter conditions, pages, and stored pictures.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { FeedbackFilters } from '../schemas/feedback.ts';
import type { Row } from './feedback-entry.ts';

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
  wrong: '(predicted IS NOT label) = :wrong',
};

export function toSqlCondition(filters: FeedbackFilters): SqlCondition {
  const given = Object.entries(filters).filter(([name]) => name in clauses);
  const names = given.map(([name]) => name as keyof FeedbackFilters);
  return {
    sql: names.map(name => clauses[name]).join(' AND ') || 'TRUE',
    parameters: Object.fromEntries(given.map(([name, value]) => [name, toSqlValue(name, value)])),
  };
}

function toSqlValue(name: string, value: string | number | boolean): SQLInputValue {
  if (typeof value === 'boolean') return Number(value);
  // Times are stored, and compared as text, in UTC with milliseconds.
  return name === 'since' || name === 'until' ? new Date(value).toISOString() : value;
}

export interface PageOptions {
  readonly limit: number;
  readonly order: 'newest' | 'oldest';
  /** `next` of the previous page. */
  readonly cursor?: string | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  /** Matching rows on all pages. */
  readonly total: number;
  /** The cursor of the next page; null on the last one. */
  readonly next: string | null;
}

/** A table with a column "sequence", and the conversion of its rows. */
export interface Table<Item> {
  readonly name: string;
  readonly columns: string;
  toItem(row: Row): Item;
}

/**
 * One page in order of arrival or in reverse. Following `next` returns every row that exists from
 * the first page to the last exactly once, even if others are added or deleted meanwhile.
 */
export function readPage<Item>(
  database: DatabaseSync,
  { name, columns, toItem }: Table<Item>,
  { sql, parameters }: SqlCondition,
  { limit, order, cursor }: PageOptions,
): Page<Item> {
  const [comparison, direction] = order === 'newest' ? ['<', 'DESC'] : ['>', 'ASC'];
  const beyond = cursor === undefined ? 'TRUE' : `sequence ${comparison} ${Number(cursor)}`;
  const rows = database
    .prepare(
      `SELECT sequence, ${columns} FROM ${name} WHERE ${sql} AND ${beyond}
       ORDER BY sequence ${direction} LIMIT ${limit + 1}`,
    )
    .all(parameters);
  const total = database.prepare(`SELECT count(*) AS total FROM ${name} WHERE ${sql}`);
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(toItem),
    total: Number(total.get(parameters)!['total']),
    next: rows.length > limit ? String(shown.at(-1)!['sequence']) : null,
  };
}

/** A picture as it was sent. */
export interface StoredPicture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export function readPicture(
  database: DatabaseSync,
  table: 'feedback' | 'disagreements',
  id: string,
): StoredPicture | undefined {
  const row = database.prepare(`SELECT picture, content_type FROM ${table} WHERE id = ?`).get(id);
  if (!row) return undefined;
  return { bytes: row['picture'] as Uint8Array, contentType: row['content_type'] as string };
}
