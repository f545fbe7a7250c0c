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
  return database.transaction(async session => {
    // In the order of the transactions that store pictures; in another one they could deadlock.
    await lockUsage(session);
    return (await session.run(`DELETE FROM ${table} WHERE id = :id`, { id })) === 1;
  });
}

/**
 * Waits for the lock that every transaction which stores a picture holds to its end.
 *
 * @returns the bytes that all rows take
 */
export async function lockUsage(session: Session): Promise<number> {
  const [usage] = await session.query('SELECT bytes FROM digits.usage FOR UPDATE');
  return Number(usage?.['bytes']);
}

/** @throws ServiceError `feedback-full` where a picture of this size does not fit */
export function requireSpace(usedBytes: number, byteLength: number, maxBytes: number): void {
  if (usedBytes + byteLength + rowBytes <= maxBytes) return;
  throw new ServiceError('feedback-full', `${usedBytes} of ${maxBytes} bytes are used`);
}
