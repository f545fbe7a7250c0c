// Recorded strokes of writers whom no training sees, drawn with every pen.

import type { RecordedDrawing, StrokesFile } from '../../data/strokes.ts';
import type { CanvasBrush } from '../../data/synthesis/rendering/render.ts';
import { splitByWriter } from '../../data/writers.ts';
import { Random } from '../../engine/random.ts';
import { type DrawnSources, type EvaluationSet, evaluationStream } from './evaluation-set.ts';
import { appBrush, type Pen, pens, thinLine } from './pens.ts';
import { preparePictures } from './prepared-pictures.ts';

/** Beside the corruptions' numbers in the random source. */
const firstPenStream = 0x100;

/** @returns for each file with digits one set for each pen, made when it is asked for */
export function* digitDrawings(
  { strokes, brush }: DrawnSources,
  seed: number,
): Generator<EvaluationSet> {
  for (const file of strokes) {
    const digits = heldOutDrawings(file).filter(({ label }) => label !== null);
    for (const pen of pens) yield* drawSet(file.name, 'drawings', digits, pen, brush, seed);
  }
}

/** @returns for each file with letters, which are no digits, one set for each of two pens */
export function* letterDrawings(
  { strokes, brush }: DrawnSources,
  seed: number,
): Generator<EvaluationSet> {
  for (const file of strokes) {
    const letters = heldOutDrawings(file).filter(({ label }) => label === null);
    for (const pen of [appBrush, thinLine]) {
      yield* drawSet(file.name, 'no-digits', letters, pen, brush, seed);
    }
  }
}

/** None for a file of fewer than five writers: all of them are trained on. */
export function heldOutDrawings({ drawings }: StrokesFile): readonly RecordedDrawing[] {
  return splitByWriter(drawings).heldOut;
}

/** Nothing where there is nothing to draw. */
function* drawSet(
  file: string,
  group: 'drawings' | 'no-digits',
  drawings: readonly RecordedDrawing[],
  pen: Pen,
  brush: CanvasBrush,
  seed: number,
): Generator<EvaluationSet> {
  if (drawings.length === 0) return;
  const random = new Random(seed, evaluationStream, firstPenStream + pens.indexOf(pen));
  const samples = preparePictures(
    drawings.map(({ strokes, label }) => ({ picture: pen.draw(strokes, brush, random), label })),
  );
  const writers = new Set(drawings.map(({ writer }) => writer)).size;
  yield { name: `${file}, ${pen.name}`, group, writers, samples };
}
