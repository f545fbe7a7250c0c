// Query strings with known and unknown parameters, wild values, and odd encodings.

import type { Random } from '../random.ts';
import { dates, names, numbers, wildText, words } from './values.ts';

const likely = new Map<string, readonly string[]>(
  Object.entries({
    label: numbers,
    predicted: numbers,
    source: ['correction', 'practice', 'import', 'disagreement', 'x'],
    model: names,
    since: dates,
    until: dates,
    wrong: words,
    order: words,
    limit: numbers,
    cursor: numbers,
    format: words,
    explain: [...words, 'layers', 'saliency,layers', 'layers,layers', ','],
  }),
);

function encode(text: string, random: Random): string {
  return random.weighted<() => string>([
    [20, () => encodeURIComponent(text.toWellFormed())],
    [
      1,
      () => [...Buffer.from(text)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    ],
    [
      1,
      () =>
        random.pick(['%', '%zz', '%c0%af', '%ed%a0%80', '%00', '+', '%u0037', '&', '=', '#', ';']),
    ],
    // Printable characters only: others are no HTTP.
    [1, () => text.replaceAll(/[^\x21-\x7e]/g, '')],
  ])();
}

function parameter(known: readonly string[], random: Random): string {
  const name = random.chance(0.8) ? random.pick(known) : random.pick(names);
  const values = likely.get(name);
  const value = values && random.chance(0.7) ? random.pick(values) : wildText(random);
  const suffix = random.chance(0.05) ? random.pick(['[]', '[0]', '[__proto__]', '.x']) : '';
  const encodedName = encode(name + suffix, random);
  return random.chance(0.97) ? `${encodedName}=${encode(value, random)}` : encodedName;
}

/** @returns '', or a query with its question mark */
export function someQuery(known: readonly string[], random: Random): string {
  if (random.chance(0.15)) return random.pick(['', '', '?', '?&', '?=', '??', '?&&=&']);
  const count = random.chance(0.01) ? 1000 : 1 + random.below(4);
  return `?${Array.from({ length: count }, () => parameter(known, random)).join('&')}`;
}
