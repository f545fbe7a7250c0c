// Sets of digits held out of training: strokes, rendered with every pen, and pictures.

import { splitInOrder } from '../../data/pictures.ts';
import { type LabelledPicture, prepareSamples } from '../../data/prepare-samples.ts';
import { outlierLabel, type Samples } from '../../data/samples.ts';
import type { RecordedDrawing, StrokeFile } from '../../data/strokes.ts';
import { splitByWriter } from '../../data/strokes.ts';
import type { CanvasBrush } from '../../data/synthesis/rendering/render.ts';
import { Random } from '../../engine/random.ts';
import { inkBytes, networkInputs } from '../../preprocess/picture.ts';
import { preprocess } from '../../preprocess/preprocess.ts';
import { type DrawnSources, type EvaluationSet, evaluationStream } from './evaluation-set.ts';
import { appBrush, type Pen, pens, thinLine } from './pens.ts';

/** First number of the random streams of the pens; lower ones are used for the corruptions. */
const firstPenStream = 0x100;

/** Yields one set for each file with digits and each pen, created when requested. */
export function* digitDrawings(
  { strokes, brush }: DrawnSources,
  seed: number,
): Generator<EvaluationSet> {
  for (const file of strokes) {
    const digits = heldOutDrawings(file).filter(({ label }) => label !== undefined);
    for (const pen of pens)
      yield* drawSet(digits, pen, { file: file.name, group: 'drawings', brush, seed });
  }
}

const letterPens: readonly Pen[] = [appBrush, thinLine];

/** Yields the held-out pictures of each folder, created when requested. */
export function* heldOutPictures({ pictures = [] }: DrawnSources): Generator<EvaluationSet> {
  for (const folder of pictures) {
    const samples = prepareSamples(splitInOrder(folder).heldOut);
    yield { name: `${folder.name}, pictures`, group: 'drawings', writers: null, samples };
  }
}

/** The number of sets that `digitDrawings`, `heldOutPictures` and `letterDrawings` yield together. */
export function countDrawnSets({ strokes, pictures = [] }: DrawnSources): number {
  const counts = strokes.map(file => {
    const labels = heldOutDrawings(file).map(({ label }) => label);
    const digits = labels.some(label => label !== undefined) ? pens.length : 0;
    return digits + (labels.includes(undefined) ? letterPens.length : 0);
  });
  return counts.reduce((sum, count) => sum + count, pictures.length);
}

/** Yields one set for each file with letters and each of two pens; letters are outliers. */
export function* letterDrawings(
  { strokes, brush }: DrawnSources,
  seed: number,
): Generator<EvaluationSet> {
  for (const file of strokes) {
    const letters = heldOutDrawings(file).filter(({ label }) => label === undefined);
    for (const pen of letterPens) {
      yield* drawSet(letters, pen, { file: file.name, group: 'no-digits', brush, seed });
    }
  }
}

/** The drawings of the held-out writers; none for a file of fewer than five writers. */
export function heldOutDrawings({ drawings }: StrokeFile): readonly RecordedDrawing[] {
  return splitByWriter(drawings).heldOut;
}

interface DrawnSetOptions {
  /** name of the file that the drawings are from */
  readonly file: string;
  readonly group: 'drawings' | 'no-digits';
  readonly brush: CanvasBrush;
  readonly seed: number;
}

/** Yields the set of some drawings, or nothing if there are none. */
function* drawSet(
  drawings: readonly RecordedDrawing[],
  pen: Pen,
  { file, group, brush, seed }: DrawnSetOptions,
): Generator<EvaluationSet> {
  if (drawings.length === 0) return;
  const random = new Random(seed, evaluationStream, firstPenStream + pens.indexOf(pen));
  const samples = preparePictures(
    drawings.map(({ strokes, label }) => ({ picture: pen.draw(strokes, brush, random), label })),
  );
  const writers = new Set(drawings.map(({ writer }) => writer)).size;
  yield { name: `${file}, ${pen.name}`, group, writers, samples };
}

/**
 * Preprocesses pictures for the network. Unlike in training, blank pictures are kept, as zeros, so that a
 * digit lost in preprocessing counts as a mistake.
 */
export function preparePictures(pictures: readonly LabelledPicture[]): Samples {
  const inputs = new Uint8Array(pictures.length * networkInputs);
  for (const [i, { picture }] of pictures.entries()) {
    const ink = preprocess(picture);
    if (ink) inputs.set(inkBytes(ink), i * networkInputs);
  }
  return {
    count: pictures.length,
    size: networkInputs,
    inputs,
    labels: Uint8Array.from(pictures, ({ label }) => label ?? outlierLabel),
  };
}
