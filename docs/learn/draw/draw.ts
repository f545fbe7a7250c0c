// nx run workspace:learn-figures: draws the figures of docs/learn from the code that the chapters are about.

import { writeFileSync } from 'node:fs';
import { drawChainRule } from './chain-rule.ts';
import { drawMoons } from './moons.ts';
import { drawNeuron } from './neuron.ts';

/** The folder of the figures. */
export const figures = new URL('../figures/', import.meta.url);

/** All figures, by name. */
export async function drawFigures(): Promise<Record<string, string>> {
  return { ...(await drawNeuron()), ...drawChainRule(), moons: await drawMoons() };
}

if (import.meta.main) {
  for (const [name, svg] of Object.entries(await drawFigures())) {
    writeFileSync(new URL(`${name}.svg`, figures), svg);
    process.stdout.write(`docs/learn/figures/${name}.svg\n`);
  }
}
