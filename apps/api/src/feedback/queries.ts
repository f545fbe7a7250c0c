// Queries that both tables share: filter conditions, pages, stored pictures, and the row of a new one.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Problem } from '../problem.ts';
import type { FeedbackFilters } from '../schemas/feedback.ts';
import { type Row, requireIntact } from './row.ts';

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

const firstTime = Date.parse('0000-01-01T00:00:00.000Z');
const lastTime = Date.parse('9999-12-31T23:59:59.999Z');

/** Times are stored, and compared as text, in UTC with milliseconds and a year of four digits. */
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
  requireIntact(row);
  return { bytes: row['picture'] as Uint8Array, contentType: row['content_type'] as string };
}

export function insertRow(
  database: DatabaseSync,
  table: 'feedback' | 'disagreements',
  row: Readonly<Record<string, SQLInputValue>>,
): void {
  const names = Object.keys(row);
  const values = names.map(name => `:${name}`);
  database.prepare(`INSERT INTO ${table} (${names}) VALUES (${values})`).run(row);
}
