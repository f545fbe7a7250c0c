// Learning-rate schedules: the rate as a function of how much of a phase is done.

/** Every fraction is of the phase's `learningRate`, 0…1, unless it says otherwise. */
export type Schedule =
  | { readonly type: 'constant' }
  /** step decay: the phase in `parts` equal parts, the rate times `factor` from each to the next */
  | { readonly type: 'step'; readonly factor: number; readonly parts: number }
  /** from the rate to `finalFraction` of it along half a cosine (Loshchilov and Hutter 2017) */
  | { readonly type: 'cosine'; readonly finalFraction: number }
  /**
   * One-cycle: from `startFraction` up to the rate during the first `warmUpFraction` of the phase,
   * then down to `finalFraction`, both along half a cosine (Smith 2018; Smith and Topin 2018).
   */
  | {
      readonly type: 'one-cycle';
      readonly startFraction: number;
      readonly warmUpFraction: number;
      readonly finalFraction: number;
    };

/**
 * The learning rate of a step.
 *
 * @param learningRate the phase's rate, the highest that the schedule gives
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

/** From one value to another along half a cosine. */
function cosineBetween(from: number, to: number, progress: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * progress))) / 2;
}
