// Interpolates between the weights before and after fine-tuning. Networks on the line between them retain
// most of the accuracy on the new data and lose less on the old (Wortsman et al. 2022, "Robust fine-tuning
// of zero-shot models").

import { type Network, parametersOf } from '../engine/network.ts';

/** The weights of the tuned network that are tried, in this order. */
const tunedWeights = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4] as const;

/** The checks that decide how far to interpolate; both measure the tuned network's current parameters. */
export interface InterpolationChecks {
  /** Whether accuracy on the old data has dropped by more than the limit. */
  readonly exceedsForgettingLimit: () => boolean;
  /** Whether accuracy on the new data is still high enough. */
  readonly retainsLearning: () => boolean;
}

/**
 * Sets the tuned network's parameters to w · tuned + (1 − w) · before, with the largest w that is within
 * the limit of forgetting. The minimum is the last w that retains what was learnt, or 0.4.
 *
 * @param tuned changed in place
 * @param before a network of the same layer sizes
 * @returns w, the weight of the tuned network, 0.4…1
 */
export function interpolateWeights(
  tuned: Network,
  before: Network,
  { exceedsForgettingLimit, retainsLearning }: InterpolationChecks,
): number {
  const tunedValues = new Map(
    [...parametersOf(tuned)].map(([name, values]) => [name, Float32Array.from(values)]),
  );
  const valuesBefore = parametersOf(before);
  const setWeight = (weight: number) => {
    for (const [name, values] of parametersOf(tuned)) {
      interpolate(values, tunedValues.get(name)!, valuesBefore.get(name)!, weight);
    }
    return weight;
  };
  let best = 1;
  for (const weight of tunedWeights) {
    setWeight(weight);
    if (!retainsLearning()) return setWeight(best);
    best = weight;
    if (!exceedsForgettingLimit()) return weight;
  }
  return best;
}

/** result = weight · a + (1 − weight) · b */
function interpolate(result: Float32Array, a: Float32Array, b: Float32Array, weight: number): void {
  for (let i = 0; i < result.length; i++) result[i] = weight * a[i]! + (1 - weight) * b[i]!;
}
