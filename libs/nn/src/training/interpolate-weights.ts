// Between what a network was and what fine-tuning made of it: on the straight line between their
// weights lie networks that have learnt nearly as much and forgotten less than the second (Wortsman
// et al. 2022, "Robust fine-tuning of zero-shot models").

import { type Network, parametersOf } from '../engine/network.ts';

/** Steps on the way back, from all that was learnt to what is still worth having. */
const shares = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4] as const;

/** What is asked of the tuned network as it then is. */
export interface BlendAims {
  /** Whether it has forgotten too much of what it was. */
  readonly forgets: () => boolean;
  /** Whether it still knows what it was to learn. */
  readonly knows: () => boolean;
}

/**
 * Goes back from the tuned network's weights as far as is needed to have forgotten no more than is
 * allowed; not so far that what was learnt is lost, and no further than the last step.
 *
 * @param tuned changed in place
 * @returns the share of the tuned network's weights in the blend
 */
export function blend(tuned: Network, before: Network, { forgets, knows }: BlendAims): number {
  const learnt = new Map(
    [...parametersOf(tuned)].map(([name, values]) => [name, Float32Array.from(values)]),
  );
  const known = parametersOf(before);
  const take = (share: number) => {
    for (const [name, values] of parametersOf(tuned)) {
      mix(values, learnt.get(name)!, known.get(name)!, share);
    }
    return share;
  };
  let best = 1;
  for (const share of shares) {
    take(share);
    if (!knows()) return take(best);
    best = share;
    if (!forgets()) return share;
  }
  return best;
}

function mix(to: Float32Array, one: Float32Array, other: Float32Array, share: number): void {
  for (let i = 0; i < to.length; i++) to[i] = share * one[i]! + (1 - share) * other[i]!;
}
