// Selects the corrections of an export from a snapshot. They can be read several times, always in
// order of arrival, with turns of the event loop between them.

import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { FeedbackFilters } from '../../schemas/feedback.ts';
import { toSqlCondition } from '../conditions.ts';
import { feedbackColumns } from '../feedback-entry.ts';
import { type Row, requireIntact } from '../row.ts';
import { summarize, windowsOf } from '../windows.ts';

export interface Selection {
  readonly count: number;
  /** Time of the latest one; the Unix epoch where there are none. */
  readonly latest: Date;
  /** The rows with these columns and those of `toFeedbackEntry`. */
  rows(...columns: readonly string[]): AsyncIterable<Row>;
}

export async function select(snapshot: DatabaseSync, filters: FeedbackFilters): Promise<Selection> {
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
