// Scores for how much an image resembles a digit, computed from the logits.

import type { Samples } from '../../data/samples.ts';
import { softmax } from '../../engine/softmax.ts';
import { freeEnergy } from '../../inference/decision.ts';

/** Names of the scores; a higher score means more like a digit. */
export const scoreNames = ['confidence', 'energy', 'margin'] as const;
/** One of `scoreNames`. */
export type ScoreName = (typeof scoreNames)[number];

/**
 * The scores of a set, [count] each. `confidence`: the highest probability, calibrated (Hendrycks and Gimpel 2017);
 * `energy`: the negative free energy log Σ exp(logit) (Liu, Wang, Owens and Li 2020); `margin`: the
 * highest logit minus the second.
 */
export type SetScores = Readonly<Record<ScoreName, Float64Array>>;

/**
 * Computes all scores of a set.
 *
 * @param logits [samples.count, N]
 * @param temperature divides the logits before softmax, for the confidence
 * @returns the scores; blank images, which are refused without the network, get the lowest ones: 0, −∞, 0
 */
export function setScoresOf(
  logits: Float32Array,
  samples: Samples,
  temperature: number,
): SetScores {
  const { count } = samples;
  const N = logits.length / count;
  const scores = {
    confidence: new Float64Array(count),
    energy: new Float64Array(count),
    margin: new Float64Array(count),
  };
  for (let i = 0; i < count; i++) {
    if (isBlank(samples, i)) {
      scores.energy[i] = Number.NEGATIVE_INFINITY;
      continue;
    }
    const row = logits.subarray(i * N, (i + 1) * N);
    scores.confidence[i] = Math.max(...softmax(row, temperature));
    scores.energy[i] = -freeEnergy(row);
    scores.margin[i] = marginOf(row);
  }
  return scores;
}

function isBlank({ inputs, size }: Samples, index: number): boolean {
  return inputs.subarray(index * size, (index + 1) * size).every(ink => ink === 0);
}

function marginOf(row: Float32Array): number {
  let [first, second] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const logit of row) {
    if (logit > first) [first, second] = [logit, first];
    else if (logit > second) second = logit;
  }
  return first - second;
}

/** Concatenates the scores of several sets. */
export function joinScores(parts: readonly SetScores[]): SetScores {
  const join = (name: ScoreName) => Float64Array.from(parts.flatMap(part => [...part[name]]));
  return { confidence: join('confidence'), energy: join('energy'), margin: join('margin') };
}
