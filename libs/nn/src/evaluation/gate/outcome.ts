// The outcome of a comparison: whether the challenger passes, the reason, and figures for the history.

import type { GateResult } from '@digits/protocol';
import type { HistoryEntry } from '../../registry/history.ts';
import { blockingRows, type GateRow } from './gate-row.ts';

/** The document of nn:promote --json. */
export interface GateOutcome extends Readonly<Omit<GateResult, 'rows'>> {
  readonly rows: readonly GateRow[];
}

/** Decides whether the challenger passes; `why` lists the decisive rows. */
export function explainOutcome(rows: readonly GateRow[]): { passes: boolean; why: string } {
  const blocking = blockingRows(rows);
  if (blocking.length > 0) {
    return { passes: false, why: `worse on ${blocking.map(({ name }) => name).join(', ')}` };
  }
  const better = rows.filter(({ verdict }) => verdict === 'better');
  const gained =
    better.length === 0 ? '' : `; better: ${better.map(({ name }) => name).join(', ')}`;
  return { passes: true, why: `nothing that matters is worse${gained}` };
}

/** The figures by name, rounded to six digits to keep the lines of the history short. */
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
