// How figures are written, the same in reports, cards and on the terminal.

import type { Interval } from './evaluation.ts';

/** @param fraction 0…1 */
export function percent(fraction: number, digits = 2): string {
  return `${(100 * fraction).toFixed(digits)} %`;
}

/** An interval of fractions: '98.78–99.21 %'. */
export function percentRange({ low, high }: Interval): string {
  return `${(100 * low).toFixed(2)}–${percent(high)}`;
}

/** Rounded, with commas between thousands, independent of the machine's locale. */
export function wholeNumber(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** Stands for a figure that is not defined. */
export const missing = '–';

/** As `percent`, and a dash for null. */
export function percentIfAny(fraction: number | null): string {
  return fraction === null ? missing : percent(fraction);
}
