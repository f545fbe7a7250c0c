// A page of a table, in the order of arrival or against it. Whoever follows `next` sees everything
// that was there from the first page to the last exactly once, whatever comes or goes meanwhile.

import type { DatabaseSync } from 'node:sqlite';
import type { Row } from './feedback-entry.ts';
import type { Condition } from './queries.ts';

export interface PageOptions {
  readonly limit: number;
  readonly order: 'newest' | 'oldest';
  /** `next` of the page before this one. */
  readonly cursor?: string | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  /** How many there are that the condition lets through, on all pages. */
  readonly total: number;
  /** Where the next page begins; null on the last one. */
  readonly next: string | null;
}

/** A table with a column "sequence", and how its rows are read. */
export interface Table<Item> {
  readonly name: string;
  readonly columns: string;
  itemOf(row: Row): Item;
}

export function readPage<Item>(
  database: DatabaseSync,
  { name, columns, itemOf }: Table<Item>,
  { sql, parameters }: Condition,
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
    items: shown.map(itemOf),
    total: Number(total.get(parameters)!['total']),
    next: rows.length > limit ? String(shown.at(-1)!['sequence']) : null,
  };
}
