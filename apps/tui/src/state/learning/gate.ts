// The result of the gate: a trained version compared with the champion, metric by metric.

import type { GateVerdict } from '@digits/protocol';

/** One metric of both versions; `unit` is `%`, `ms` or another that is printed as it is. */
export interface GateRow {
  readonly name: string;
  readonly group: string;
  /** `undefined` where there is none to compare with. */
  readonly champion: number | undefined;
  readonly challenger: number;
  readonly unit: string;
  readonly verdict: GateVerdict;
  /** Whether it stops a promotion if it is worse. */
  readonly matters: boolean;
  readonly why: string;
}

/** All texts are printable. */
export interface Gate {
  readonly version: string;
  readonly champion: string | undefined;
  readonly rows: readonly GateRow[];
  readonly passes: boolean;
  readonly promoted: boolean;
  readonly why: string;
  /** The document of nn:promote, with which a promotion need not compare again. */
  readonly document: string;
}

/** What to do with a version that was compared; `later` keeps the result to decide on. */
export type PromotionDecision = 'promote' | 'leave' | 'later';

/** @returns whether a row stops the promotion. */
export function blocksPromotion({ verdict, matters }: GateRow): boolean {
  return verdict === 'worse' && matters;
}

/** @returns the row to select at first: one that stops the promotion, or else the first. */
export function firstRowOf({ rows }: Gate): number {
  return Math.max(rows.findIndex(blocksPromotion), 0);
}
