// Corrections whose label looks wrong: the champion is sure that it is not this digit, and the
// pictures that are most like it have other labels too (Wilson 1972, "Asymptotic properties of
// nearest neighbor rules using edited data"). A hand of its own is told from a slip by its other
// corrections: they are its neighbours, and they have the label.

import { type Correction, samplesOfCorrections } from '../../data/corrections.ts';
import { outlierLabel, type Samples, selectSamples } from '../../data/samples.ts';
import { argmax, softmax } from '../../engine/softmax.ts';
import type { Model } from '../../inference/model.ts';
import { createLogitsOf } from '../metrics/measure.ts';
import { featureRow, featuresOf, findNearest } from './neighbours.ts';

export interface SuspectLabel {
  readonly id: string;
  readonly label: number;
  /** 'unlike': champion and neighbours disagree; 'contradicted': the picture has a newer label */
  readonly why: 'unlike' | 'contradicted';
  /** what the champion says */
  readonly predicted: number;
  /** probability of that, 0…1 */
  readonly confidence: number;
  /** labels of the known pictures that are most like it, the nearest first */
  readonly neighbours: readonly number[];
  /** labels of the other corrections that are most like it, the nearest first */
  readonly similarCorrections: readonly number[];
  /** [784] ink, 0…255 */
  readonly inputs: Uint8Array;
}

/**
 * When a label is doubted. Tried with networks of two sizes: none of three, eight or fifty sevens
 * with two bars, ones between two lines or crossed zeros, of which the smaller network reads a
 * tenth to a third right; 46 and 47 of fifty pictures whose labels were shuffled, 353 and 351 of
 * four hundred, a tenth of which had got their own again; and, taken one by one as corrections, a
 * quarter of the validation images that the networks read wrong.
 */
const suspicion = {
  /** The champion disagrees strongly where it gives the label less than this. */
  probability: 0.05,
  /** So many of the nearest known pictures with the label speak for it. */
  neighbours: { count: 10, agreeing: 3 },
  /** The nearest other corrections speak for it where this share of them has the label, */
  similarCorrections: { count: 5, share: 0.8 },
  /** and at least so many: one slip must not vouch for another. */
  minSupporting: 2,
} as const;

/**
 * @param corrections that are to be trained on; they are each other's neighbours
 * @param known labelled pictures to be neighbours as well
 * @returns in the order of the corrections, contradicted labels behind the one that counts
 */
export function findSuspectLabels(
  corrections: readonly Correction[],
  model: Model,
  known: Samples,
): SuspectLabel[] {
  if (corrections.length === 0) return [];
  const samples = samplesOfCorrections(corrections);
  const logits = createLogitsOf(model.network)(samples);
  const likenessOf = createLikeness(model, samples, known);
  const N = logits.length / samples.count;
  return corrections.flatMap(({ id, label, inputs, contradicted }, i) => {
    const probabilities = softmax(logits.subarray(i * N, (i + 1) * N), model.temperature);
    const isStrange = (probabilities[label] ?? 0) < suspicion.probability;
    if (!isStrange && contradicted.length === 0) return [];
    const likeness = likenessOf(i);
    const predicted = argmax(probabilities);
    const evidence = { predicted, confidence: probabilities[predicted]!, ...likeness, inputs };
    const isUnlike = isStrange && !isSupported(label, likeness);
    return [
      ...(isUnlike ? [{ id, label, why: 'unlike' as const, ...evidence }] : []),
      ...contradicted.map(other => ({ ...other, why: 'contradicted' as const, ...evidence })),
    ];
  });
}

type Likeness = Pick<SuspectLabel, 'neighbours' | 'similarCorrections'>;

function isSupported(label: number, { neighbours, similarCorrections }: Likeness): boolean {
  const agreeing = (labels: readonly number[]) => labels.filter(one => one === label).length;
  const minAgreeing = Math.max(
    suspicion.minSupporting,
    suspicion.similarCorrections.share * similarCorrections.length,
  );
  return (
    agreeing(neighbours) >= suspicion.neighbours.agreeing ||
    agreeing(similarCorrections) >= minAgreeing
  );
}

/** What a correction is like, by its place among the corrections. */
function createLikeness({ network }: Model, samples: Samples, known: Samples) {
  const digits = selectSamples(known, label => label !== outlierLabel);
  const ofDigits = featuresOf(network, digits);
  const ofSamples = featuresOf(network, samples);
  return (i: number): Likeness => {
    const row = featureRow(ofSamples, i);
    const neighbours = findNearest(ofDigits, row, { count: suspicion.neighbours.count });
    const similarCorrections = findNearest(ofSamples, row, {
      count: suspicion.similarCorrections.count,
      excluded: i,
    });
    return {
      neighbours: neighbours.map(at => digits.labels[at]!),
      similarCorrections: similarCorrections.map(at => samples.labels[at]!),
    };
  };
}
