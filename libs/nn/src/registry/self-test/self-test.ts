// The self-test of a model before it is promoted or served: ten clearly drawn digits, with this machine's kernels.

import { NnError } from '../../errors.ts';
import { type Classification, classify } from '../../inference/model.ts';
import { networkInputs } from '../../preprocess/picture.ts';
import { preprocess } from '../../preprocess/preprocess.ts';
import type { LoadedModel } from '../champion.ts';
import { knownDigits } from './known-digits.ts';

/** Of ten. A good model may fail on an unfamiliar pen, but not on three digits of ten. */
const minCorrect = 8;

/** Fits into kernel memory twice: as stored in the file, and packed for batches. */
const maxWeights = 12_000_000;

/** Only models whose file claims a higher accuracy must classify the known digits correctly. */
const minClaimedAccuracy = 0.9;

/**
 * Classifies ten known digits. The answers must be probability distributions, and correct where the
 * model's file claims a high accuracy.
 *
 * @throws NnError `model-unsupported`
 */
export function selfTest({ version, model }: Pick<LoadedModel, 'version' | 'model'>): void {
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
    throw selfTestFailure(version, 'its outputs are not probabilities');
  const correct = answers.filter(({ digit }, expected) => digit === expected).length;
  const claimsAccuracy =
    accuracy !== null && accuracy.correct / accuracy.count > minClaimedAccuracy;
  if (claimsAccuracy && correct < minCorrect)
    throw selfTestFailure(version, `it classifies ${correct} of ten known digits correctly`);
}

function isDistribution({ probabilities }: Classification): boolean {
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  return probabilities.every(probability => probability >= 0) && Math.abs(sum - 1) < 1e-4;
}

function selfTestFailure(version: string, reason: string): NnError {
  return new NnError('model-unsupported', `${version} failed its self-test: ${reason}`);
}
