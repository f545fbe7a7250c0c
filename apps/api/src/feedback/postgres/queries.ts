// Queries that both tables share: pages, stored pictures, the row of a new one, and the space that is left.

import { ServiceError } from '../../service-error.ts';
import type { SqlCondition } from '../conditions.ts';
import { type Row, requireIntact } from '../row.ts';
import type { Page, PageOptions, StoredPicture } from '../store.ts';
import type { Database, Session } from './database.ts';
import { rowBytes } from './migrations.ts';

export type TableName = 'digits.feedback' | 'digits.disagreements';

export interface Table<Item> {
  readonly name: TableName;
  readonly columns: string;
  toItem(row: Row): Item;
}

export async function readPage<Item>(
  session: Session,
  { name, columns, toItem }: Table<Item>,
  condition: SqlCondition,
  { limit, order, cursor }: PageOptions,
): Promise<Page<Item>> {
  const [beyond, direction] = order === 'newest' ? ['<', 'DESC'] : ['>', 'ASC'];
  const start = cursor === undefined ? 'TRUE' : `sequence ${beyond} :cursor`;
  const rows = await session.query(
    `SELECT sequence, ${columns} FROM ${name} WHERE ${start} AND ${condition.sql}
     ORDER BY sequence ${direction} LIMIT ${limit + 1}`,
    { ...condition.parameters, cursor },
  );
  const [counted] = await session.query(
    `SELECT count(*) FROM ${name} WHERE ${condition.sql}`,
    condition.parameters,
  );
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(toItem),
    total: Number(counted?.['count']),
    next: rows.length > limit ? String(shown.at(-1)!['sequence']) : null,
  };
}

export async function readPicture(
  session: Session,
  table: TableName,
  id: string,
): Promise<StoredPicture | undefined> {
  const [row] = await session.query(`SELECT picture, content_type FROM ${table} WHERE id = :id`, {
    id,
  });
  if (!row) return undefined;
  requireIntact(row);
  return { bytes: row['picture'] as Uint8Array, contentType: row['content_type'] as string };
}

/** @param returned the columns to return */
export async function insertRow(
  session: Session,
  table: TableName,
  row: Readonly<Record<string, unknown>>,
  returned: string,
): Promise<Row | undefined> {
  const names = Object.keys(row);
  const values = names.map(name => `:${name}`);
  const sql = `INSERT INTO ${table} (${names}) VALUES (${values}) RETURNING ${returned}`;
  const [stored] = await session.query(sql, row);
  return stored;
}

/** @returns whether there was such a row */
export function deleteRow(database: Database, table: TableName, id: string): Promise<boolean> {
  // In the order of the transactions that store pictures; in another one they could deadlock.
  return changeUsage(database, async session => {
    return (await session.run(`DELETE FROM ${table} WHERE id = :id`, { id })) === 1;
  });
}

const lockUsage = 'SELECT bytes FROM digits.usage FOR UPDATE';

/**
 * Runs a transaction that stores or deletes pictures, after those of others: each begins with the lock of
 * the row that counts their bytes.
 *
 * @param work gets the bytes that all rows take
 */
export function changeUsage<T>(
  database: Database,
  work: (session: Session, usedBytes: number) => Promise<T>,
): Promise<T> {
  const begin = `BEGIN; ${lockUsage}`;
  return database.transaction((session, [usage]) => work(session, bytesOf(usage)), begin);
}

/** The bytes that all rows take, in a transaction of `changeUsage`. */
export async function readUsage(session: Session): Promise<number> {
  const [usage] = await session.query(lockUsage);
  return bytesOf(usage);
}

function bytesOf(usage: Row | undefined): number {
  return Number(usage?.['bytes']);
}

/** Whether a picture of this size fits. */
export function fits(usedBytes: number, byteLength: number, maxBytes: number): boolean {
  return usedBytes + byteLength + rowBytes <= maxBytes;
}

export function noSpace(usedBytes: number, maxBytes: number): ServiceError {
  return new ServiceError('feedback-full', `${usedBytes} of ${maxBytes} bytes are used`);
}
