// Creates the set of synthetic outliers: signs, scribbles, rows of digits, textures and others.

import type { Samples } from '../../data/samples.ts';
import { drawOutlier } from '../../data/synthesis/outliers.ts';
import { traceSkeleton } from '../../data/synthesis/strokes/skeleton.ts';
import type { Drawing } from '../../data/synthesis/strokes/transform.ts';
import { Random } from '../../engine/random.ts';
import { inputSide } from '../../preprocess/picture.ts';
import { heldOutDrawings, preparePictures } from './drawings.ts';
import { type DrawnSources, type EvaluationSet, evaluationStream } from './evaluation-set.ts';

/** Enough for a standard error of a fraction below 1.2 percentage points. */
const defaultOutlierCount = 2000;

const stream = 0x200;

/**
 * Yields the set of synthetic outliers.
 *
 * @param test images, whose skeletons are used if there are no recorded digits
 */
export function* syntheticOutliers(
  { strokes, brush, outlierCount = defaultOutlierCount }: DrawnSources,
  test: Samples,
  seed: number,
): Generator<EvaluationSet> {
  const recorded = strokes.flatMap(heldOutDrawings).filter(({ label }) => label !== undefined);
  const digit = (random: Random): Drawing =>
    recorded.length > 0
      ? recorded[random.below(recorded.length)]!.strokes
      : randomSkeleton(test, random);
  const random = new Random(seed, evaluationStream, stream);
  const samples = preparePictures(
    Array.from({ length: outlierCount }, () => ({
      picture: drawOutlier({ brush, digit }, random),
      label: undefined,
    })),
  );
  const name = 'invented signs, scribbles, numbers, textures';
  yield { name, group: 'no-digits', writers: null, samples };
}

/** The skeleton of a random image; a dot if its ink is too faint to trace. */
function randomSkeleton({ inputs, size, count: images }: Samples, random: Random): Drawing {
  const at = random.below(images) * size;
  const skeleton = traceSkeleton(inputs.subarray(at, at + size), inputSide);
  return skeleton.length > 0 ? skeleton : [[[0, 0]]];
}
