// Readings made up for the rows' tests.

import type { Judged, Reading } from '../../../src/evaluation/gate/readings.ts';
import type { RowGroup } from '../../../src/evaluation/gate/row.ts';

/** A set of so many pictures, all of them read right but those at `wrong`. */
export function readingOf(
  group: RowGroup,
  count: number,
  wrong: readonly number[] = [],
  name = `${group} of ${count}`,
): Reading {
  const right = new Uint8Array(count).fill(1);
  for (const i of wrong) right[i] = 0;
  return { name, group, count, right, judged: null, calibrationError: null };
}

/** Scores from `low` upwards, and so many refused. */
export function judgedOf(count: number, low: number, refused: number): Judged {
  const rising = Float64Array.from({ length: count }, (_, i) => low + i / count);
  return { scores: { confidence: rising, energy: rising, margin: rising }, refused };
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
