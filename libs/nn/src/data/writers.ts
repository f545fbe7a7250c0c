// Cutting drawings in three by who drew them: a hand that was trained on says nothing about others.

import type { RecordedDrawing } from './strokes.ts';

export interface WriterSplit {
  readonly training: readonly RecordedDrawing[];
  /** chooses rates, epochs, thresholds, temperature */
  readonly validation: readonly RecordedDrawing[];
  /** only measured */
  readonly heldOut: readonly RecordedDrawing[];
}

/** Every fifth writer is held out, and the one before validates. */
const every = 5;

/** @param drawings of one file; its writers are numbered in the order of their names */
export function splitByWriter(drawings: readonly RecordedDrawing[]): WriterSplit {
  const writers = [...new Set(drawings.map(({ writer }) => writer))].sort();
  const numbers = new Map(writers.map((writer, i) => [writer, i % every]));
  const of = (...chosen: readonly number[]) =>
    drawings.filter(({ writer }) => chosen.includes(numbers.get(writer)!));
  return { training: of(0, 1, 2), validation: of(every - 2), heldOut: of(every - 1) };
}
