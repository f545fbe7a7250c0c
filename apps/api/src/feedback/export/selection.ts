// Selects the corrections of an export from a snapshot. They can be read several times, always in
// order of arrival.

import type { DatabaseSync } from 'node:sqlite';
import type { FeedbackFilters } from '../../schemas/feedback.ts';
import { feedbackColumns } from '../feedback-entry.ts';
import { toSqlCondition } from '../queries.ts';
import { type Row, requireIntact } from '../row.ts';

export interface Selection {
  readonly count: number;
  /** Time of the latest one; the Unix epoch where there are none. */
  readonly latest: Date;
  /** The rows with these columns and those of `toFeedbackEntry`. */
  rows(...columns: readonly string[]): Iterable<Row>;
}

export function select(snapshot: DatabaseSync, filters: FeedbackFilters): Selection {
  const { sql, parameters } = toSqlCondition(filters);
  const totals = snapshot
    .prepare(`SELECT count(*) AS count, max(created_at) AS latest FROM feedback WHERE ${sql}`)
    .get(parameters)!;
  return {
    count: Number(totals['count']),
    latest: new Date((totals['latest'] as string | null) ?? 0),
    rows(...columns) {
      const names = [feedbackColumns, ...columns].join(', ');
      const query = `SELECT ${names} FROM feedback WHERE ${sql} ORDER BY sequence`;
      const rows = snapshot.prepare(query).iterate(parameters) as Iterable<Row>;
      return Iterator.from(rows).map(requireIntact);
    },
  };
}
