// How the learning rate goes over a phase.

export type Schedule =
  | { readonly type: 'constant' }
  /** multiplied by `factor` at each of `steps` equal parts of the phase but the first */
  | { readonly type: 'step'; readonly factor: number; readonly steps: number }
  /** down half a cosine to `finalShare` of the rate (Loshchilov and Hutter 2017, no restarts) */
  | { readonly type: 'cosine'; readonly finalShare: number }
  /**
   * up from `startShare` of the rate over the first `warmUpShare` of the phase, then down to
   * `finalShare`, both along half a cosine (Smith and Topin 2018)
   */
  | {
      readonly type: 'one-cycle';
      readonly startShare: number;
      readonly warmUpShare: number;
      readonly finalShare: number;
    };

/** @param progress share of the phase's steps already taken, 0…1 exclusive */
export function rateAt(learningRate: number, schedule: Schedule, progress: number): number {
  switch (schedule.type) {
    case 'constant':
      return learningRate;
    case 'step':
      return learningRate * schedule.factor ** Math.floor(progress * schedule.steps);
    case 'cosine':
      return learningRate * ease(1, schedule.finalShare, progress);
    case 'one-cycle': {
      const { startShare, warmUpShare, finalShare } = schedule;
      return progress < warmUpShare
        ? learningRate * ease(startShare, 1, progress / warmUpShare)
        : learningRate * ease(1, finalShare, (progress - warmUpShare) / (1 - warmUpShare));
    }
  }
}

/** From one value to another along half a cosine. */
function ease(from: number, to: number, progress: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * progress))) / 2;
}
