// nx run workspace:learn-figures: draws the figures of docs/learn from the code that the chapters are about,
// from figures/measured.json, which it makes with --measure by training four networks for a minute or two,
// and from figures/speed.json, the products of nn:bench --steps --json. With --champion it also writes what the
// shipped champion answers into the documents that quote it.

import { readFileSync, writeFileSync } from 'node:fs';
import { drawChainRule } from './chain-rule.ts';
import { quoteChampion } from './champion.ts';
import { drawDigits } from './digits.ts';
import type { Measurements } from './measure.ts';
import { drawMoons } from './moons.ts';
import { drawNeuron } from './neuron.ts';
import { drawSpeeds, type Speeds } from './speed.ts';
import { drawStrangersFigures } from './strangers-figures.ts';

/** The folder of the figures and of what was measured for them. */
export const figures = new URL('../figures/', import.meta.url);

const measuredFile = new URL('measured.json', figures);
const speedFile = new URL('speed.json', figures);

export function readMeasured(): { readonly measured: Measurements; readonly speeds: Speeds } {
  return {
    measured: JSON.parse(readFileSync(measuredFile, 'utf8')),
    speeds: JSON.parse(readFileSync(speedFile, 'utf8')),
  };
}

/** All figures, by name, from the examples and from what was measured. */
export async function drawFigures(): Promise<Record<string, string>> {
  const { measured, speeds } = readMeasured();
  return {
    ...(await drawNeuron()),
    ...drawChainRule(),
    moons: await drawMoons(),
    ...drawDigits(measured.training),
    ...drawStrangersFigures(measured),
    speed: drawSpeeds(speeds),
  };
}

if (import.meta.main) {
  if (process.argv.includes('--measure')) {
    const { measureAll } = await import('./measure.ts');
    writeFileSync(measuredFile, `${JSON.stringify(await measureAll(), null, 2)}\n`);
  }
  if (process.argv.includes('--champion')) await quoteChampion();
  for (const [name, svg] of Object.entries(await drawFigures())) {
    writeFileSync(new URL(`${name}.svg`, figures), svg);
    process.stdout.write(`docs/learn/figures/${name}.svg\n`);
  }
}
