// Queries that both tables share: pages, stored pictures, and the row of a new one.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SqlCondition } from '../conditions.ts';
import { type Row, requireIntact } from '../row.ts';
import type { Page, PageOptions, StoredPicture } from '../store.ts';
import { summarize, type TableName, windowsOf } from './windows.ts';

/** A table with a column "sequence", and the conversion of its rows. */
export interface Table<Item> {
  readonly name: TableName;
  readonly columns: string;
  toItem(row: Row): Item;
}

/** Reads one page. Yields where it would take long. */
export function* readPage<Item>(
  database: DatabaseSync,
  { name, columns, toItem }: Table<Item>,
  condition: SqlCondition,
  { limit, order, cursor }: PageOptions,
): Generator<undefined, Page<Item>> {
  const direction = order === 'newest' ? 'DESC' : 'ASC';
  const start = cursor === undefined ? undefined : Number(cursor);
  const rows: Row[] = [];
  let isFirst = true;
  for (const window of windowsOf(database, name, order, start)) {
    if (!isFirst) yield;
    isFirst = false;
    const query = database.prepare(
      `SELECT sequence, ${columns} FROM ${name} NOT INDEXED WHERE ${window} AND ${condition.sql}
       ORDER BY sequence ${direction} LIMIT ${limit + 1 - rows.length}`,
    );
    rows.push(...query.all(condition.parameters));
    if (rows.length > limit) break;
  }
  const { count: total } = yield* summarize(database, name, condition);
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(toItem),
    total,
    next: rows.length > limit ? String(shown.at(-1)!['sequence']) : null,
  };
}

export function readPicture(
  database: DatabaseSync,
  table: TableName,
  id: string,
): StoredPicture | undefined {
  const row = database.prepare(`SELECT picture, content_type FROM ${table} WHERE id = ?`).get(id);
  if (!row) return undefined;
  requireIntact(row);
  return { bytes: row['picture'] as Uint8Array, contentType: row['content_type'] as string };
}

export function insertRow(
  database: DatabaseSync,
  table: TableName,
  row: Readonly<Record<string, SQLInputValue>>,
): void {
  const names = Object.keys(row);
  const values = names.map(name => `:${name}`);
  database.prepare(`INSERT INTO ${table} (${names}) VALUES (${values})`).run(row);
}
