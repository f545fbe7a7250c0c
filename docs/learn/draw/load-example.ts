// Runs an example and reads its variables, so that a figure shows what the example computes.

import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const folder = new URL('../../../examples/', import.meta.url);

/** The text of the examples that are run, by their address; each run has one of its own. */
const sources = new Map<string, string>();

registerHooks({
  load(address, context, nextLoad) {
    const source = sources.get(address);
    if (source === undefined) return nextLoad(address, context);
    return { format: 'module-typescript', source, shortCircuit: true };
  },
});

/** What an example computed. */
export interface RunExample<Variables> {
  readonly variables: Variables;
  /** the lines that it printed, without colours */
  readonly lines: readonly string[];
}

/**
 * Runs an example.
 *
 * @param names of its variables to read after its end
 * @param changes of its text before it runs, each to be found once: [text, replacement]
 */
export async function runExample<Variables>(
  file: string,
  names: readonly (keyof Variables & string)[],
  changes: readonly (readonly [string, string])[] = [],
): Promise<RunExample<Variables>> {
  const path = new URL(file, folder);
  const text = changed(readFileSync(fileURLToPath(path), 'utf8'), changes, file);
  const address = `${path}?run=${sources.size}`;
  sources.set(address, `${text}\nexport { ${names.join(', ')} };\n`);
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => lines.push(stripVTControlCharacters(line));
  try {
    return { variables: await import(address), lines };
  } finally {
    console.log = log;
  }
}

function changed(source: string, changes: readonly (readonly [string, string])[], file: string) {
  return changes.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`${file} does not have '${from}' once`);
    return text.replace(from, to);
  }, source);
}
