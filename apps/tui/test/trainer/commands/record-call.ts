// Writes the arguments of a command to a file that the test reads.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const args = process.argv.slice(2);

/** @returns what follows an option, or undefined */
export function optionOf(name: string): string | undefined {
  const index = args.indexOf(name);
  return index < 0 ? undefined : args[index + 1];
}

export function print(event: object): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

/** Ends the command with the corrections that it would train on, if it was asked for these only. */
export function answerDryRun(): void {
  if (!args.includes('--dry-run')) return;
  print(corrections);
  process.exit();
}

export const corrections = {
  type: 'corrections',
  source: 'x',
  count: 10,
  trained: 7,
  heldOut: 2,
  doubtful: [
    {
      id: 'c2',
      label: 7,
      why: 'unlike',
      said: 2,
      confidence: 0.97,
      neighbours: [2, 2],
      companions: [],
      file: null,
    },
  ],
  page: null,
};

/** Into the models folder, if one was named. */
export function recordCall(name: string): void {
  const folder = optionOf('--out') ?? optionOf('--models');
  if (folder === undefined) return;
  const { DIGITS_API: service, DIGITS_API_KEY: apiKey = null } = process.env;
  const call = { args, apiKey, service };
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(call));
}
