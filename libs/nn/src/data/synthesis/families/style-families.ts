// All styles of handwritten digits. MNIST's writers were all from one country, so that flagged ones, barred
// sevens, nines with a curled tail and others are rare in it.

import { angularDigits } from './angular-digits.ts';
import { onesAndSevens } from './ones-and-sevens.ts';
import { roundDigits } from './round-digits.ts';
import type { StyleFamily } from './style-family.ts';

/** The styles, at least two of each digit. */
export const styleFamilies: readonly StyleFamily[] = [
  ...onesAndSevens,
  ...roundDigits,
  ...angularDigits,
];

/** The styles in the order in which training draws them, in rotation. */
export const trainingStyles: readonly StyleFamily[] = styleFamilies.flatMap(family =>
  Array.from({ length: family.frequency ?? 1 }, () => family),
);
