// The set of synthetic outliers: signs, scribbles, several digits side by side, textures.

import type { Samples } from '../../data/samples.ts';
import { drawOutlier } from '../../data/synthesis/outliers.ts';
import { traceSkeleton } from '../../data/synthesis/strokes/skeleton.ts';
import type { Drawing } from '../../data/synthesis/strokes/transform.ts';
import { Random } from '../../engine/random.ts';
import { inputSide } from '../../preprocess/picture.ts';
import { heldOutDrawings, preparePictures } from './drawings.ts';
import { type DrawnSources, type EvaluationSet, evaluationStream } from './evaluation-set.ts';

/** Enough for a fraction with an error below 2 points. */
const defaultOutlierCount = 2000;

const stream = 0x200;

/** @param test images, whose centre lines replace the digits where no digits are recorded */
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

/** The centre line of a random image; a dot where its ink is too faint to trace. */
function randomSkeleton({ inputs, size, count: images }: Samples, random: Random): Drawing {
  const at = random.below(images) * size;
  const skeleton = traceSkeleton(inputs.subarray(at, at + size), inputSide);
  return skeleton.length > 0 ? skeleton : [[[0, 0]]];
}
