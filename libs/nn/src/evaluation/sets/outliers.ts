// Pictures of no digit that nobody drew: signs, scribbles, several digits side by side, textures.

import type { Samples } from '../../data/samples.ts';
import { drawOutlier } from '../../data/synthesis/outliers.ts';
import type { Drawing } from '../../data/synthesis/strokes/geometry.ts';
import { skeletonOf } from '../../data/synthesis/strokes/skeleton.ts';
import { Random } from '../../engine/random.ts';
import { inputSide } from '../../preprocess/picture.ts';
import { heldOutDrawings } from './drawings.ts';
import { type DrawnSources, type EvaluationSet, evaluationStream } from './evaluation-set.ts';
import { preparePictures } from './prepared-pictures.ts';

/** Enough for a share that is right within two in a hundred. */
const count = 2000;

const stream = 0x200;

/** @param test images of digits, which are drawn anew where there are no recordings of digits */
export function* syntheticOutliers(
  { strokes, brush }: DrawnSources,
  test: Samples,
  seed: number,
): Generator<EvaluationSet> {
  const recorded = strokes.flatMap(heldOutDrawings).filter(({ label }) => label !== null);
  const digit = (random: Random): Drawing =>
    recorded.length > 0
      ? recorded[random.below(recorded.length)]!.strokes
      : someSkeleton(test, random);
  const random = new Random(seed, evaluationStream, stream);
  const samples = preparePictures(
    Array.from({ length: count }, () => ({
      picture: drawOutlier({ brush, digit }, random),
      label: null,
    })),
  );
  const name = 'invented signs, scribbles, numbers, textures';
  yield { name, group: 'no-digits', writers: null, samples };
}

/** Of a random image; a dot where its ink is too faint to trace. */
function someSkeleton({ inputs, size, count: images }: Samples, random: Random): Drawing {
  const at = random.below(images) * size;
  const skeleton = skeletonOf(inputs.subarray(at, at + size), inputSide);
  return skeleton.length > 0 ? skeleton : [[[0, 0]]];
}
