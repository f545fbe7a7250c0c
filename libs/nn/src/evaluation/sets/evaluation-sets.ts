// All that a network is measured on, one set after the other.

import { splitForValidation } from '../../data/dataset.ts';
import { prepareSamples } from '../../data/samples.ts';
import { corruptedImages } from './corrupted-images.ts';
import { digitDrawings, letterDrawings } from './drawings.ts';
import type { EvaluationSet, EvaluationSources } from './evaluation-set.ts';
import { syntheticOutliers } from './outliers.ts';

/**
 * Test images, validation images, corruptions, drawings, what is no digit: in this order, each set
 * made when it is asked for, so that one at a time is in memory; the same for the same seed.
 */
export function* evaluationSets(sources: EvaluationSources): Generator<EvaluationSet> {
  const { name, data, drawn, seed } = sources;
  const test = prepareSamples(data.test);
  yield { name: `${name} test images`, group: 'test', writers: null, samples: test };
  yield {
    name: `${name} validation images`,
    group: 'validation',
    writers: null,
    samples: prepareSamples(splitForValidation(data.training).validation),
  };
  yield* corruptedImages(data.test, seed);
  if (drawn === null) return;
  yield* digitDrawings(drawn, seed);
  yield* letterDrawings(drawn, seed);
  yield* syntheticOutliers(drawn, test, seed);
}
