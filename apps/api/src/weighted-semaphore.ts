// A weighted semaphore with a bounded queue: work takes a part of a resource, waits in order while too
// little of it is free, and is refused when too much waits already.

import { Problem } from './problem.ts';

export interface SemaphoreLimits {
  /** How much is taken at once. Heavier work takes all of it. */
  readonly capacity: number;
  /** How much waits at most, by weight. */
  readonly maxWaiting: number;
  /** Called when the last work is done and none waits. */
  readonly onIdle?: () => void;
}

/** Gives back what was taken, or leaves the queue; the second call does nothing. */
export type Release = () => void;

interface Claim {
  readonly weight: number;
  readonly grant: () => void;
}

/** Weights are whole numbers, so that their sums are exact. */
export class WeightedSemaphore {
  readonly #limits: SemaphoreLimits;
  /** In order of arrival; only the first is compared with what is free, so that none starves. */
  readonly #queue = new Set<Claim>();
  #taken = 0;
  #waiting = 0;

  constructor(limits: SemaphoreLimits) {
    this.#limits = limits;
  }

  /** Whether anything waits in the queue. */
  get isWaitedFor(): boolean {
    return this.#queue.size > 0;
  }

  /**
   * Calls back as soon as the weight has been taken, which may be at once.
   *
   * @throws Problem `overloaded` where too much waits
   */
  acquire(weight: number, onAcquired: () => void): Release {
    const { capacity, maxWaiting } = this.#limits;
    const claim: Claim = { weight: Math.min(weight, capacity), grant: onAcquired };
    const fits = this.#queue.size === 0 && this.#taken + claim.weight <= capacity;
    if (!fits && this.#waiting + claim.weight > maxWaiting) {
      throw new Problem(
        'overloaded',
        'Too many uploads or pictures are in progress; try again in a moment.',
      );
    }
    this.#queue.add(claim);
    this.#waiting += claim.weight;
    this.#grantFirst();
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      if (this.#queue.delete(claim)) this.#waiting -= claim.weight;
      else this.#taken -= claim.weight;
      this.#grantFirst();
      if (this.#taken === 0) this.#limits.onIdle?.();
    };
  }

  /** Runs the work with the weight taken. */
  async run<T>(weight: number, work: () => Promise<T>): Promise<T> {
    const { promise: acquired, resolve } = Promise.withResolvers<void>();
    const release = this.acquire(weight, resolve);
    try {
      await acquired;
      return await work();
    } finally {
      release();
    }
  }

  #grantFirst(): void {
    for (const claim of this.#queue) {
      if (this.#taken + claim.weight > this.#limits.capacity) return;
      this.#queue.delete(claim);
      this.#waiting -= claim.weight;
      this.#taken += claim.weight;
      claim.grant();
    }
  }
}
