// How figures read, the same in reports, cards and on the terminal.

import type { Interval } from './wilson.ts';

export function percent(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** An interval of shares: '98.78–99.21 %'. */
export function percentRange({ low, high }: Interval): string {
  return `${(100 * low).toFixed(2)}–${percent(high)}`;
}

/** With commas between the thousands, whatever the machine's language. */
export function wholeNumber(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** Stands where there is nothing to divide by. */
export const missing = '–';

export function percentIfAny(share: number | null): string {
  return share === null ? missing : percent(share);
}
