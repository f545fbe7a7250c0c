// Formats figures and lists for reports, model cards and the terminal.

import type { Interval } from './evaluation.ts';

/** A fraction as a percentage: '98.78 %'. @param fraction 0…1 */
export function percent(fraction: number, digits = 2): string {
  return `${(100 * fraction).toFixed(digits)} %`;
}

/** An interval of fractions: '98.78–99.21 %'. */
export function percentRange({ low, high }: Interval): string {
  return `${(100 * low).toFixed(2)}–${percent(high)}`;
}

/** A rounded number with thousands separators, independent of the locale: '10,000'. */
export function wholeNumber(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** Names in a sentence: 'left, middle and right'. */
export function listOf(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
}

/** The text for an undefined figure. */
export const missing = '–';

/** As `percent`, and a dash for null. */
export function percentIfAny(fraction: number | null): string {
  return fraction === null ? missing : percent(fraction);
}
