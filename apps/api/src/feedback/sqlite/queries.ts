// Queries that both tables share: pages, stored pictures, and the row of a new one.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SqlCondition } from '../conditions.ts';
import { type ItemTable, pictureOf, toPage } from '../results.ts';
import type { Row } from '../row.ts';
import { insertInto } from '../statements.ts';
import type { Page, PageOptions, StoredPicture } from '../store.ts';
import { summarize, type TableName, windowsOf } from './windows.ts';

/** A table with a column "sequence", and the conversion of its rows. */
export interface Table<Item> extends ItemTable<Item> {
  readonly name: TableName;
}

/** Reads one page. Yields where it would take long. */
export function* readPage<Item>(
  database: DatabaseSync,
  table: Table<Item>,
  condition: SqlCondition,
  { limit, order, cursor }: PageOptions,
): Generator<undefined, Page<Item>> {
  const { name, columns } = table;
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
  return toPage(rows, limit, total, table);
}

export function readPicture(
  database: DatabaseSync,
  table: TableName,
  id: string,
): StoredPicture | undefined {
  return pictureOf(
    database.prepare(`SELECT picture, content_type FROM ${table} WHERE id = ?`).get(id),
  );
}

export function insertRow(
  database: DatabaseSync,
  table: TableName,
  row: Readonly<Record<string, SQLInputValue>>,
): void {
  database.prepare(insertInto(table, Object.keys(row))).run(row);
}
