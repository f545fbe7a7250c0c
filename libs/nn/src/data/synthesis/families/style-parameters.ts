// Parameters of the styles that synthetic digits are drawn in. Training and validation use disjoint
// intervals of every parameter, so that validation measures styles between those of the training.

import { between, type Random, within } from '../../../engine/random.ts';
import type { SynthesisPurpose } from '../synthesis-purpose.ts';

/** Number of intervals that the range of every parameter is divided into. */
const intervals = 20;

/** Of every five intervals, the middle one is for validation. */
const intervalsPerGroup = 5;
const validationPlace = 2;

/** Draws the parameters of a style from the intervals of one purpose. */
export class StyleParameters {
  readonly #random: Random;
  readonly #isValidation: boolean;

  constructor(random: Random, purpose: SynthesisPurpose) {
    this.#random = random;
    this.#isValidation = purpose === 'validation';
  }

  /** A number in 0…1 from the intervals of the purpose. */
  uniform(): number {
    const groups = intervals / intervalsPerGroup;
    const group = this.#random.below(groups);
    const place = this.#isValidation
      ? validationPlace
      : (validationPlace + 1 + this.#random.below(intervalsPerGroup - 1)) % intervalsPerGroup;
    return (group * intervalsPerGroup + place + this.#random.uniform()) / intervals;
  }

  between(low: number, high: number): number {
    return between(low, high, this);
  }

  /** A number in [−bound, bound). */
  within(bound: number): number {
    return within(bound, this);
  }

  /** True with the given probability; a choice, not a parameter, so the same for both purposes. */
  chance(probability: number): boolean {
    return this.#random.uniform() < probability;
  }
}
