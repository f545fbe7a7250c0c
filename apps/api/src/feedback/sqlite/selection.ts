// Selects the corrections of an export from a snapshot. They can be read several times, always in
// order of arrival, with turns of the event loop between them.

import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { FeedbackFilters } from '../../schemas/feedback.ts';
import { toSqlCondition } from '../conditions.ts';
import { newDisagreementColumns } from '../disagreement.ts';
import { feedbackColumns } from '../feedback-entry.ts';
import { type Row, requireIntact } from '../row.ts';
import type { FeedbackSnapshot, Selection } from '../store.ts';
import { toServiceError } from './database.ts';
import { summarize, windowsOf } from './windows.ts';

/** A read-only connection to the database as it was when it was opened. */
export class SqliteSnapshot implements FeedbackSnapshot {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  async select(filters: FeedbackFilters): Promise<Selection> {
    const file = this.#database.location()!;
    try {
      const { rows, ...selection } = await select(this.#database, filters);
      return { ...selection, rows: (...columns) => convertErrors(rows(...columns), file) };
    } catch (error) {
      throw toServiceError(error, file);
    }
  }

  async *disagreements(): AsyncGenerator<Row> {
    const rows = this.#database
      .prepare(`SELECT ${newDisagreementColumns} FROM disagreements ORDER BY sequence`)
      .iterate();
    try {
      for (const row of rows) yield requireIntact(row);
    } catch (error) {
      throw toServiceError(error, this.#database.location()!);
    }
  }

  close(): void {
    this.#database.close();
  }
}

async function* convertErrors(rows: AsyncIterable<Row>, file: string): AsyncGenerator<Row> {
  try {
    yield* rows;
  } catch (error) {
    throw toServiceError(error, file);
  }
}

async function select(snapshot: DatabaseSync, filters: FeedbackFilters): Promise<Selection> {
  const condition = toSqlCondition(filters);
  const steps = summarize(snapshot, 'feedback', condition);
  let step = steps.next();
  for (; !step.done; step = steps.next()) await setImmediate();
  return {
    count: step.value.count,
    latest: new Date(step.value.latest ?? 0),
    async *rows(...columns) {
      const names = [feedbackColumns, ...columns].join(', ');
      for (const window of windowsOf(snapshot, 'feedback', 'oldest')) {
        const query = snapshot.prepare(
          `SELECT ${names} FROM feedback NOT INDEXED
           WHERE ${window} AND ${condition.sql} ORDER BY sequence`,
        );
        // One by one: a window of large pictures does not fit in memory.
        for (const row of query.iterate(condition.parameters)) yield requireIntact(row);
        await setImmediate();
      }
    },
  };
}
