// The test images under every corruption of src/corruptions/.

import type { Dataset } from '../../data/dataset.ts';
import { prepareSamples } from '../../data/samples.ts';
import { Random } from '../../engine/random.ts';
import { side } from '../corruptions/corruption.ts';
import { corruptions } from '../corruptions/corruptions.ts';
import { type EvaluationSet, evaluationStream } from './evaluation-set.ts';

/** So many images are corrupted at most: all of MNIST's. */
const maxImages = 10_000;

/**
 * Corrupted as they come, before preprocessing, as a picture that somebody sends would be.
 *
 * @returns one set for each corruption, made when it is asked for; none for images of another size
 */
export function* corruptedImages(test: Dataset, seed: number): Generator<EvaluationSet> {
  if (test.rows !== side || test.columns !== side) return;
  const size = side * side;
  const count = Math.min(test.count, maxImages);
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
