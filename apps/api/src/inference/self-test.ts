// Whether a model works here and now: on these kernels, on pictures that anyone can read.

import {
  type Classification,
  classify,
  type LoadedModel,
  NnError,
  networkInputs,
  preprocess,
} from '@digits/nn';
import { knownDigits } from './known-digits.ts';

/** Of ten. A good model may stumble over a pen it never saw, but not over three digits of ten. */
const minCorrect = 8;

/** What the kernels' memory has room for twice: as the file has them, and packed for many pictures. */
const maxWeights = 12_000_000;

/** A model that claims more than this must read the known digits; one without a claim need not. */
const minClaimedAccuracy = 0.9;

/**
 * Shows the model ten known digits. Its answers must be probabilities, and right as far as its file
 * claims that it can read.
 *
 * @throws NnError `model-unsupported`
 */
export function selfTest({ version, model }: LoadedModel): void {
  const { layerSizes, accuracy } = model;
  if (layerSizes[0] !== networkInputs || layerSizes.at(-1) !== knownDigits.length) {
    const layers = layerSizes.join('-');
    throw selfTestFailure(
      version,
      `it is ${layers}, expected ${networkInputs} inputs and 10 classes`,
    );
  }
  const weights = layerSizes.reduce((sum, size, i) => sum + size * (layerSizes[i + 1] ?? 0), 0);
  if (weights > maxWeights) {
    throw selfTestFailure(version, `it has ${weights} weights, expected at most ${maxWeights}`);
  }
  const answers = knownDigits.map(picture => classify(model, preprocess(picture)!));
  if (!answers.every(isDistribution))
    throw selfTestFailure(version, 'its answers are no probabilities');
  const read = answers.filter(({ digit }, expected) => digit === expected).length;
  const claims = accuracy !== null && accuracy.correct / accuracy.count > minClaimedAccuracy;
  if (claims && read < minCorrect)
    throw selfTestFailure(version, `it reads ${read} of ten known digits`);
}

function isDistribution({ probabilities }: Classification): boolean {
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  return probabilities.every(probability => probability >= 0) && Math.abs(sum - 1) < 1e-4;
}

function selfTestFailure(version: string, reason: string): NnError {
  return new NnError('model-unsupported', `${version} failed its self-test: ${reason}`);
}
