// Learning-rate schedules: the learning rate as a function of the progress in a phase.

import type { Schedule } from '@digits/protocol';

/**
 * The learning rate of a step:
 * - `constant`: the phase's rate;
 * - `step`: step decay, the rate is multiplied by `factor` after each of `parts` equal parts of the phase;
 * - `cosine`: from the rate to `finalFraction` of it along half a cosine (Loshchilov and Hutter 2017);
 * - `one-cycle`: from `startFraction` of the rate up to it during the first `warmUpFraction` of the
 *   phase, then down to `finalFraction`, both along half a cosine (Smith 2018; Smith and Topin 2018).
 *
 * @param learningRate the phase's rate, the maximum of the schedule
 * @param progress fraction of the phase's steps already taken, 0…1 exclusive
 */
export function learningRateAt(learningRate: number, schedule: Schedule, progress: number): number {
  switch (schedule.type) {
    case 'constant':
      return learningRate;
    case 'step':
      return learningRate * schedule.factor ** Math.floor(progress * schedule.parts);
    case 'cosine':
      return learningRate * cosineBetween(1, schedule.finalFraction, progress);
    case 'one-cycle': {
      const { startFraction, warmUpFraction, finalFraction } = schedule;
      return progress < warmUpFraction
        ? learningRate * cosineBetween(startFraction, 1, progress / warmUpFraction)
        : learningRate *
            cosineBetween(1, finalFraction, (progress - warmUpFraction) / (1 - warmUpFraction));
    }
  }
}

/** Interpolates between two values along half a cosine. */
function cosineBetween(from: number, to: number, progress: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * progress))) / 2;
}
