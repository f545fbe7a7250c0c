// Finds corrections whose label is probably wrong: the champion gives the label a low probability, and
// the most similar images have other labels too (Wilson 1972, "Asymptotic properties of nearest
// neighbor rules using edited data"). An unusual handwriting differs from a slip in that its other
// corrections are similar and have the same label.

import { type Correction, samplesOfCorrections } from '../../data/corrections.ts';
import { outlierLabel, type Samples, selectSamples } from '../../data/samples.ts';
import { argmax, softmax } from '../../engine/softmax.ts';
import type { Model } from '../../inference/model.ts';
import { createLogitsOf } from '../metrics/measure.ts';
import { featureRow, featuresOf, findNearest } from './neighbours.ts';

/** A correction whose label is probably wrong, and the evidence. */
export interface SuspectLabel {
  /** of the correction */
  readonly id: string;
  readonly label: number;
  /** 'unlike': champion and neighbours disagree; 'contradicted': the image has a newer label */
  readonly why: 'unlike' | 'contradicted';
  /** the champion's prediction */
  readonly predicted: number;
  /** probability of the predicted class, 0…1 */
  readonly confidence: number;
  /** labels of the most similar known images, the most similar first */
  readonly neighbours: readonly number[];
  /** labels of the most similar other corrections, the most similar first */
  readonly similarCorrections: readonly number[];
  /** [784] ink, 0…255 */
  readonly inputs: Uint8Array;
}

/** When a label is suspect; docs/experiments.md has the measurements behind these limits. */
const suspicion = {
  /** The champion disagrees where it gives the label a lower probability. */
  maxProbability: 0.05,
  /** The label is supported by this number of the nearest known images. */
  neighbours: { count: 10, minAgreeing: 3 },
  /** Or by this fraction of the nearest other corrections, */
  similarCorrections: { count: 5, minAgreeingFraction: 0.8 },
  /** and at least this number of them: one slip must not support another. */
  minSupporting: 2,
} as const;

/**
 * @param corrections to be trained on; they are also each other's neighbours
 * @param known labelled images, for the neighbours
 * @returns in the order of the corrections, contradicted labels after the current one
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
    const isImprobable = (probabilities[label] ?? 0) < suspicion.maxProbability;
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
    suspicion.minSupporting,
    suspicion.similarCorrections.minAgreeingFraction * similarCorrections.length,
  );
  return (
    agreeing(neighbours) >= suspicion.neighbours.minAgreeing ||
    agreeing(similarCorrections) >= minAgreeing
  );
}

/** @returns a function of a correction's index */
function createSimilarity({ network }: Model, samples: Samples, known: Samples) {
  const digits = selectSamples(known, label => label !== outlierLabel);
  const digitFeatures = featuresOf(network, digits);
  const sampleFeatures = featuresOf(network, samples);
  return (i: number): Similarity => {
    const row = featureRow(sampleFeatures, i);
    const neighbours = findNearest(digitFeatures, row, { count: suspicion.neighbours.count });
    const similarCorrections = findNearest(sampleFeatures, row, {
      count: suspicion.similarCorrections.count,
      excluded: i,
    });
    return {
      neighbours: neighbours.map(at => digits.labels[at]!),
      similarCorrections: similarCorrections.map(at => samples.labels[at]!),
    };
  };
}
