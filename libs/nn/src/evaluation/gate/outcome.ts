// What comes of a comparison, in words and as plain data.

import type { HistoryEntry } from '../../registry/history.ts';
import { blockingRows, type GateRow } from './gate-row.ts';

/** What nn:promote says with --json. */
export interface GateOutcome {
  readonly type: 'gate';
  readonly version: string;
  /** null where there was nothing to compare with */
  readonly champion: string | null;
  readonly rows: readonly GateRow[];
  readonly passes: boolean;
  readonly promoted: boolean;
  readonly why: string;
}

/** Why it passes, or what stops it. */
export function explainOutcome(rows: readonly GateRow[]): { passes: boolean; why: string } {
  const stopping = blockingRows(rows);
  if (stopping.length > 0) {
    return { passes: false, why: `worse: ${stopping.map(({ name }) => name).join(', ')}` };
  }
  const better = rows.filter(({ verdict }) => verdict === 'better');
  const gained =
    better.length === 0 ? '' : `; better: ${better.map(({ name }) => name).join(', ')}`;
  return { passes: true, why: `nothing that matters is worse${gained}` };
}

/** Six digits say all that there is to say, and keep the history's lines short. */
export function figuresOf(rows: readonly GateRow[]): HistoryEntry['figures'] {
  const shorten = (value: number) => Number(value.toPrecision(6));
  return Object.fromEntries(
    rows.map(({ name, champion, challenger, unit }) => [
      name,
      {
        champion: champion === null ? null : shorten(champion),
        challenger: shorten(challenger),
        unit,
      },
    ]),
  );
}
