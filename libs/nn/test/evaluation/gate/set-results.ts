// Readings made up for the rows' tests.

import type { RowGroup } from '../../../src/evaluation/gate/gate-row.ts';
import type { RefusalResult, SetResult } from '../../../src/evaluation/gate/set-results.ts';

/** A set of so many pictures, all of them read right but those at `wrong`. */
export function readingOf(
  group: RowGroup,
  count: number,
  wrong: readonly number[] = [],
  name = `${group} of ${count}`,
): SetResult {
  const right = new Uint8Array(count).fill(1);
  for (const i of wrong) right[i] = 0;
  return { name, group, count, isCorrect: right, refusal: null, calibrationError: null };
}

/** Scores from `low` upwards, and so many refused. */
export function judgedOf(count: number, low: number, refused: number): RefusalResult {
  const rising = Float64Array.from({ length: count }, (_, i) => low + i / count);
  return { scores: { confidence: rising, energy: rising, margin: rising }, refused };
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
