// Reads a table in windows of consecutive rows. A query that reads every row of a large store
// takes seconds; in windows, other requests have their turn between two of them.

import type { DatabaseSync } from 'node:sqlite';
import type { SqlCondition } from '../conditions.ts';
import type { Order } from '../store.ts';

export type TableName = 'feedback' | 'disagreements';

/** Reading one takes up to 50 µs. */
const rowsPerWindow = 200;

/**
 * Conditions that split the table, in this order. Use them with NOT INDEXED: with an index on another
 * condition SQLite would read all of its rows for each window.
 *
 * @param start the sequence number before the first one
 */
export function* windowsOf(
  database: DatabaseSync,
  table: TableName,
  order: Order,
  start?: number,
): Generator<string> {
  const [beyond, within, direction] = order === 'newest' ? ['<', '>=', 'DESC'] : ['>', '<=', 'ASC'];
  let rest = start === undefined ? 'TRUE' : `sequence ${beyond} ${start}`;
  for (;;) {
    const last = database
      .prepare(
        `SELECT sequence FROM ${table} WHERE ${rest}
         ORDER BY sequence ${direction} LIMIT 1 OFFSET ${rowsPerWindow - 1}`,
      )
      .get();
    if (!last) return yield rest;
    const sequence = Number(last['sequence']);
    yield `${rest} AND sequence ${within} ${sequence}`;
    rest = `sequence ${beyond} ${sequence}`;
  }
}

export interface Summary {
  readonly count: number;
  /** Time of the latest one; null where there are none. */
  readonly latest: string | null;
}

/** Summarizes the rows with a condition; yields between two windows. */
export function* summarize(
  database: DatabaseSync,
  table: TableName,
  { sql, parameters }: SqlCondition,
): Generator<undefined, Summary> {
  // Indexes have the answer for all rows.
  const windows = sql === 'TRUE' ? ['TRUE'] : windowsOf(database, table, 'oldest');
  let count = 0;
  let latest: string | null = null;
  for (const window of windows) {
    if (window !== 'TRUE') yield;
    const from = window === 'TRUE' ? table : `${table} NOT INDEXED`;
    const found = database
      .prepare(
        `SELECT count(*) AS count, max(created_at) AS latest FROM ${from} WHERE ${window} AND ${sql}`,
      )
      .get(parameters)!;
    count += Number(found['count']);
    const time = found['latest'] as string | null;
    if (latest === null || (time !== null && time > latest)) latest = time;
  }
  return { count, latest };
}
