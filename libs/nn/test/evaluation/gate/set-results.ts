// Synthetic results for the tests of the gate's rows.

import type { RowGroup } from '../../../src/evaluation/gate/gate-row.ts';
import type { RefusalResult, SetResult } from '../../../src/evaluation/gate/set-results.ts';

/** A set of `count` images, all classified correctly except those at the indices `wrong`. */
export function resultOf(
  group: RowGroup,
  count: number,
  wrong: readonly number[] = [],
  name = `${group} of ${count}`,
): SetResult {
  const isCorrect = new Uint8Array(count).fill(1);
  for (const i of wrong) isCorrect[i] = 0;
  return { name, group, count, isCorrect, refusal: null, calibrationError: null };
}

/** Scores from `low` to `low` + 1, and the number of refused images. */
export function refusalOf(count: number, low: number, refused: number): RefusalResult {
  const rising = Float64Array.from({ length: count }, (_, i) => low + i / count);
  return { scores: { confidence: rising, energy: rising, margin: rising }, refused };
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
