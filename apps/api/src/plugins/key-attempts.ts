// Limits the wrong keys that come from an address, so that a key cannot be found by trying.

/** At ten a minute, one address finds six random digits in a month. */
export const maxWrongKeysPerMinute = 10;

/** Addresses that are remembered; beyond them the oldest are forgotten. */
const maxAddresses = 5000;

const minuteMs = 60_000;

interface Attempts {
  wrong: number;
  readonly endMs: number;
}

export class KeyAttempts {
  readonly #networkOf: (address: string) => string;
  readonly #now: () => number;
  readonly #attempts = new Map<string, Attempts>();
  readonly #proven = new Set<string>();

  /** @param networkOf the network that an address is counted for */
  constructor(networkOf: (address: string) => string, now = () => performance.now()) {
    this.#networkOf = networkOf;
    this.#now = now;
  }

  /**
   * Whether a key from this address is to be compared. After too many wrong ones it is not, right or
   * wrong, or else the answers would still tell which one is right. An address that has sent the right
   * key is never locked: behind a proxy or a bridge, others who share it could lock out its owner.
   */
  mayTry(address: string): boolean {
    return this.#proven.has(address) || this.#secondsLocked(this.#networkOf(address)) === 0;
  }

  /** Notes that the right key came from this address. */
  addRight(address: string): void {
    if (this.#proven.has(address)) return;
    this.#proven.add(address);
    forgetOldest(this.#proven);
  }

  /** Counts a wrong key. @returns for how many seconds the address is locked; 0 if it is not */
  addWrong(address: string): number {
    const network = this.#networkOf(address);
    const seconds = this.#secondsLocked(network);
    if (seconds > 0) return seconds;
    const current = this.#current(network);
    if (current) current.wrong++;
    else {
      // Deleted first, so that the newest are last.
      this.#attempts.delete(network);
      this.#attempts.set(network, { wrong: 1, endMs: this.#now() + minuteMs });
      forgetOldest(this.#attempts);
    }
    return 0;
  }

  #secondsLocked(network: string): number {
    const attempts = this.#current(network);
    if (attempts === undefined || attempts.wrong < maxWrongKeysPerMinute) return 0;
    return Math.ceil((attempts.endMs - this.#now()) / 1000);
  }

  /** The attempts of the current minute, which began with the first of them. */
  #current(network: string): Attempts | undefined {
    const attempts = this.#attempts.get(network);
    return attempts && attempts.endMs > this.#now() ? attempts : undefined;
  }
}

function forgetOldest(addresses: Set<string> | Map<string, unknown>): void {
  if (addresses.size <= maxAddresses) return;
  const [oldest = ''] = addresses.keys();
  addresses.delete(oldest);
}
