// Queries of the tables: pages, stored pictures, an equal correction, and the space that is left.

import { ServiceError } from '../../service-error.ts';
import type { SqlCondition } from '../conditions.ts';
import { feedbackColumns } from '../feedback-entry.ts';
import { type ItemTable, pictureOf, toPage } from '../results.ts';
import type { Row } from '../row.ts';
import type { Page, PageOptions, StoredPicture } from '../store.ts';
import type { Database, Session } from './database.ts';
import { rowBytes } from './migrations.ts';

export type TableName = 'digits.feedback' | 'digits.disagreements';

export interface Table<Item> extends ItemTable<Item> {
  readonly name: TableName;
}

export async function readPage<Item>(
  session: Session,
  table: Table<Item>,
  condition: SqlCondition,
  { limit, order, cursor }: PageOptions,
): Promise<Page<Item>> {
  const { name, columns } = table;
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
  return toPage(rows, limit, Number(counted?.['count']), table);
}

export async function readPicture(
  session: Session,
  table: TableName,
  id: string,
): Promise<StoredPicture | undefined> {
  const [row] = await session.query(`SELECT picture, content_type FROM ${table} WHERE id = :id`, {
    id,
  });
  return pictureOf(row);
}

/** The correction of the same picture with the same label, with the columns of `toFeedbackEntry`. */
export async function readEqual(
  session: Session,
  { sha256, label }: Readonly<Record<string, unknown>>,
): Promise<Row | undefined> {
  const [row] = await session.query(
    `SELECT ${feedbackColumns} FROM digits.feedback WHERE sha256 = :sha256 AND label = :label`,
    { sha256, label },
  );
  return row;
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
