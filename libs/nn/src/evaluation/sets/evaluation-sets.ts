// Creates the evaluation sets one at a time.

import { type Dataset, splitForValidation } from '../../data/dataset.ts';
import { prepareSamples } from '../../data/prepare-samples.ts';
import { styleFamilies } from '../../data/synthesis/families/style-families.ts';
import { Random } from '../../engine/random.ts';
import { side } from '../corruptions/corruption.ts';
import { corruptions } from '../corruptions/corruptions.ts';
import { countDrawnSets, digitDrawings, heldOutPictures, letterDrawings } from './drawings.ts';
import { type EvaluationSet, type EvaluationSources, evaluationStream } from './evaluation-set.ts';
import { syntheticOutliers } from './outliers.ts';
import { digitStyles } from './styles.ts';

/**
 * Yields test images, validation images, corruptions, drawings, pictures, styles and outliers, in this
 * order. Each set is created when requested, so that only one is in memory. The same seed gives the same
 * sets.
 */
export function* evaluationSets(sources: EvaluationSources): Generator<EvaluationSet> {
  const { name, data, form, drawn, seed } = sources;
  const test = prepareSamples(data.test, form);
  yield { name: `${name} test images`, group: 'test', writers: null, samples: test };
  yield {
    name: `${name} validation images`,
    group: 'validation',
    writers: null,
    samples: prepareSamples(splitForValidation(data.training).validation, form),
  };
  if (isCorruptible(sources)) yield* corruptedImages(data.test, seed);
  if (drawn === null) return;
  yield* digitDrawings(drawn, seed);
  yield* heldOutPictures(drawn);
  yield* digitStyles(drawn, seed);
  yield* letterDrawings(drawn, seed);
  yield* syntheticOutliers(drawn, test, seed);
}

/** The number of sets that `evaluationSets` yields, for the progress of a measurement. */
export function countEvaluationSets(sources: EvaluationSources): number {
  const { drawn } = sources;
  const corrupted = isCorruptible(sources) ? Object.keys(corruptions).length : 0;
  // Synthetic outliers are one set, test and validation images two.
  const synthetic = styleFamilies.length + 1;
  return 2 + corrupted + (drawn === null ? 0 : countDrawnSets(drawn) + synthetic);
}

/** Maximum number of images that are corrupted: all of MNIST's test images. */
const maxCorruptedImages = 10_000;

/**
 * Yields one set for each corruption. Images are corrupted before preprocessing, like degraded images that are
 * uploaded.
 */
function* corruptedImages(test: Dataset, seed: number): Generator<EvaluationSet> {
  const size = side * side;
  const count = Math.min(test.count, maxCorruptedImages);
  for (const [number, [name, corrupt]] of Object.entries(corruptions).entries()) {
    const random = new Random(seed, evaluationStream, number);
    const pixels = new Uint8Array(count * size);
    for (let at = 0; at < pixels.length; at += size) {
      pixels.set(corrupt(test.pixels.subarray(at, at + size), random), at);
    }
    const labels = test.labels.subarray(0, count);
    const samples = prepareSamples({ ...test, count, pixels, labels });
    yield { name, group: 'corruption', writers: null, samples };
  }
}

/** Whether the test images are digits of 28 × 28. */
function isCorruptible({ data: { test }, form }: EvaluationSources): boolean {
  return form === undefined && test.rows === side && test.columns === side;
}
