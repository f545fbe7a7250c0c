// A seeded random number generator, so that runs are reproducible to the bit. Its state is four integers.
// Not for cryptography.

/**
 * xoshiro128** 1.1 (Blackman and Vigna 2018, https://prng.di.unimi.it/xoshiro128starstar.c), with
 * its state initialised from the seeds by SplitMix32, so that adjacent seeds give unrelated streams.
 */
export class Random {
  readonly #state: Uint32Array;

  /**
   * Several seeds identify an independent stream, for example the run's seed, an epoch and a batch: the
   * stream of a batch does not depend on those of earlier batches.
   *
   * @param seeds any integers; only the lowest 32 bits of each are used
   */
  constructor(...seeds: readonly number[]) {
    let s = 0;
    for (const seed of seeds) s = mix((s ^ seed) + golden);
    this.#state = Uint32Array.from({ length: 4 }, () => {
      s = (s + golden) >>> 0;
      return mix(s);
    });
  }

  /** A uniform integer in 0 … 2³² − 1. */
  uint32(): number {
    const s = this.#state;
    const result = Math.imul(rotateLeft(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const t = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    s[3] = rotateLeft(s[3]!, 11);
    return result;
  }

  /** Uniform in [0, 1), in steps of 2⁻³². */
  uniform(): number {
    return this.uint32() / 2 ** 32;
  }

  /** Uniform over 0 … bound − 1; bound is a positive integer below 2³². */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** Standard normal: mean 0, variance 1 (Box and Muller 1958, one of the pair). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Shuffles in place (Fisher and Yates; Durstenfeld 1964). */
  shuffle(values: Uint32Array): void {
    for (let last = values.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const kept = values[last]!;
      values[last] = values[other]!;
      values[other] = kept;
    }
  }
}

/** A source of uniform numbers in [0, 1). */
export type UniformSource = Pick<Random, 'uniform'>;

/** A uniform number in [−bound, bound). */
export function within(bound: number, random: UniformSource): number {
  return bound * (2 * random.uniform() - 1);
}

/** A uniform number in [low, high). */
export function between(low: number, high: number, random: UniformSource): number {
  return low + (high - low) * random.uniform();
}

/** 2³² / φ, the odd constant of SplitMix. */
const golden = 0x9e3779b9;

/** The finaliser of SplitMix32: every bit of the result depends on every bit of the value. */
function mix(value: number): number {
  let z = value >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

function rotateLeft(value: number, bits: number): number {
  return ((value << bits) | (value >>> (32 - bits))) >>> 0;
}
