// Finds corrections whose label is probably wrong: the champion gives it a low probability, and the most
// similar images have other labels (Wilson 1972, "Asymptotic properties of nearest neighbor rules using
// edited data"). Unusual handwriting is not suspect if similar corrections have the same label.

import { type Correction, samplesOfCorrections } from '../../data/corrections.ts';
import { outlierLabel, type Samples, selectSamples } from '../../data/samples.ts';
import { argmax, softmax } from '../../engine/softmax.ts';
import type { Model } from '../../inference/model.ts';
import { createLogitsOf } from '../metrics/measure.ts';
import { featureRow, featuresOf, findNearest } from './neighbours.ts';

/** A correction whose label is probably wrong, and the evidence. */
export interface SuspectLabel {
  /** id of the correction */
  readonly id: string;
  readonly label: number;
  /** 'unlike': champion and neighbours disagree with it; 'contradicted': the image has a newer label */
  readonly why: 'unlike' | 'contradicted';
  /** the champion's prediction */
  readonly predicted: number;
  /** probability of the predicted class, 0…1 */
  readonly confidence: number;
  /** labels of the most similar known images, most similar first */
  readonly neighbours: readonly number[];
  /** labels of the most similar other corrections, most similar first */
  readonly similarCorrections: readonly number[];
  /** [784] ink, 0…255 */
  readonly inputs: Uint8Array;
}

/** The criteria of a suspect label; for the measurements behind them see docs/experiments.md. */
const suspectCriteria = {
  /** The champion disagrees with a label if it gives it a lower probability. */
  maxProbability: 0.05,
  /** A label is supported if this number of the nearest known images have it, */
  neighbours: { count: 10, minAgreeing: 3 },
  /** or if this fraction of the nearest other corrections have it, */
  similarCorrections: { count: 5, minAgreeingFraction: 0.8 },
  /** and at least this number of them, so that one mistake does not support another. */
  minSupporting: 2,
} as const;

/**
 * Finds the suspect labels among corrections.
 *
 * @param corrections the corrections to be trained on, which are also compared with each other
 * @param known labelled images to compare with
 * @returns in the order of the corrections, with contradicted labels after the current one
 */
export function findSuspectLabels(
  corrections: readonly Correction[],
  model: Model,
  known: Samples,
): SuspectLabel[] {
  if (corrections.length === 0) return [];
  const samples = samplesOfCorrections(corrections);
  const logits = createLogitsOf(model.network)(samples);
  const similarityOf = createSimilarity(model, samples, known);
  const N = logits.length / samples.count;
  return corrections.flatMap(({ id, label, inputs, contradicted }, i) => {
    const probabilities = softmax(logits.subarray(i * N, (i + 1) * N), model.temperature);
    const isImprobable = (probabilities[label] ?? 0) < suspectCriteria.maxProbability;
    if (!isImprobable && contradicted.length === 0) return [];
    const similarity = similarityOf(i);
    const predicted = argmax(probabilities);
    const evidence = { predicted, confidence: probabilities[predicted]!, ...similarity, inputs };
    const isUnlike = isImprobable && !isSupported(label, similarity);
    return [
      ...(isUnlike ? [{ id, label, why: 'unlike' as const, ...evidence }] : []),
      ...contradicted.map(other => ({ ...other, why: 'contradicted' as const, ...evidence })),
    ];
  });
}

type Similarity = Pick<SuspectLabel, 'neighbours' | 'similarCorrections'>;

function isSupported(label: number, { neighbours, similarCorrections }: Similarity): boolean {
  const agreeing = (labels: readonly number[]) => labels.filter(one => one === label).length;
  const minAgreeing = Math.max(
    suspectCriteria.minSupporting,
    suspectCriteria.similarCorrections.minAgreeingFraction * similarCorrections.length,
  );
  return (
    agreeing(neighbours) >= suspectCriteria.neighbours.minAgreeing ||
    agreeing(similarCorrections) >= minAgreeing
  );
}

/** Creates a function that finds the neighbours of a correction by its index. */
function createSimilarity({ network }: Model, samples: Samples, known: Samples) {
  const digits = selectSamples(known, label => label !== outlierLabel);
  const digitFeatures = featuresOf(network, digits);
  const sampleFeatures = featuresOf(network, samples);
  return (i: number): Similarity => {
    const row = featureRow(sampleFeatures, i);
    const neighbours = findNearest(digitFeatures, row, { count: suspectCriteria.neighbours.count });
    const similarCorrections = findNearest(sampleFeatures, row, {
      count: suspectCriteria.similarCorrections.count,
      excluded: i,
    });
    return {
      neighbours: neighbours.map(at => digits.labels[at]!),
      similarCorrections: similarCorrections.map(at => samples.labels[at]!),
    };
  };
}
