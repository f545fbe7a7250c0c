// The corrections as one transaction sees them, for an export.

import type { FeedbackFilters } from '../../schemas/feedback.ts';
import { type SqlCondition, toSqlCondition } from '../conditions.ts';
import { newDisagreementColumns } from '../disagreement.ts';
import { feedbackColumns } from '../feedback-entry.ts';
import { type Row, requireIntact } from '../row.ts';
import type { FeedbackSnapshot, Selection } from '../store.ts';
import type { OpenSession } from './database.ts';
import type { TableName } from './queries.ts';

const rowsPerPage = 500;

/** Of the pictures that are read at once; a single larger one is read alone. */
const maxBytesAtOnce = 4 * 1024 * 1024;

export class PostgresSnapshot implements FeedbackSnapshot {
  readonly #session: OpenSession;

  constructor(session: OpenSession) {
    this.#session = session;
  }

  async select(filters: FeedbackFilters): Promise<Selection> {
    const condition = toSqlCondition(filters);
    const [found] = await this.#session.query(
      `SELECT count(*), max(created_at) AS latest FROM digits.feedback WHERE ${condition.sql}`,
      condition.parameters,
    );
    return {
      count: Number(found?.['count']),
      latest: new Date((found?.['latest'] as string | null) ?? 0),
      rows: (...columns) =>
        this.#rows('digits.feedback', condition, [feedbackColumns, ...columns].join(', ')),
    };
  }

  async *disagreements(): AsyncGenerator<Row> {
    const table = 'digits.disagreements';
    yield* this.#rows(table, { sql: 'TRUE', parameters: {} }, newDisagreementColumns);
  }

  close(): void {
    this.#session.end();
  }

  async *#rows(table: TableName, condition: SqlCondition, columns: string): AsyncGenerator<Row> {
    for await (const [first, last] of this.#groups(table, condition)) {
      const rows = await this.#session.query(
        `SELECT ${columns} FROM ${table}
         WHERE sequence BETWEEN :first AND :last AND ${condition.sql} ORDER BY sequence`,
        { ...condition.parameters, first, last },
      );
      for (const row of rows) yield requireIntact(row);
    }
  }

  /** The first and the last sequence number of rows that fit into memory together. */
  async *#groups(
    table: TableName,
    { sql, parameters }: SqlCondition,
  ): AsyncGenerator<[first: number, last: number]> {
    for (let start = 0; ; ) {
      const page = await this.#session.query(
        `SELECT sequence, byte_length FROM ${table}
         WHERE sequence > :start AND ${sql} ORDER BY sequence LIMIT ${rowsPerPage}`,
        { ...parameters, start },
      );
      yield* groupsOf(page);
      if (page.length < rowsPerPage) return;
      start = Number(page.at(-1)!['sequence']);
    }
  }
}

function* groupsOf(page: readonly Row[]): Generator<[first: number, last: number]> {
  let group: { first: number; last: number; bytes: number } | undefined;
  for (const row of page) {
    const [sequence, bytes] = [Number(row['sequence']), Number(row['byte_length'])];
    if (group && group.bytes + bytes <= maxBytesAtOnce) {
      group.last = sequence;
      group.bytes += bytes;
      continue;
    }
    if (group) yield [group.first, group.last];
    group = { first: sequence, last: sequence, bytes };
  }
  if (group) yield [group.first, group.last];
}
