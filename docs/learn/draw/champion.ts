// What examples/predict-png.ts prints with the shipped champion, for the documents that quote it:
// nx run workspace:learn-figures -- --champion writes it there.

import { readFileSync, writeFileSync } from 'node:fs';
import { runExample } from './load-example.ts';

const root = new URL('../../../', import.meta.url);
const call = 'classify(model, ink)';

/** The calls of the exercises whose answers quote the last line, in the order of the answers. */
const exercises = [
  'classify({ ...model, temperature: 5 }, ink)',
  'classify(model, ink.toReversed())',
];

/** Writes them into the answers of chapter 4, and the whole output into the README of the examples. */
export async function quoteChampion(): Promise<void> {
  const output = await run(call);
  replace('examples/README.md', /(?:^.*│.*\n)+\S+ reads \d with .*$/gm, [output.join('\n')]);
  const answers: string[] = [];
  for (const changed of exercises) answers.push((await run(changed)).at(-1)!);
  replace(
    'docs/learn/4-strangers-hands.md',
    /(?<=`)\S+ reads \d with \S+ %: [a-z-]+(?=`)/g,
    answers,
  );
}

async function run(changed: string): Promise<string[]> {
  const { lines } = await runExample(
    'predict-png.ts',
    [],
    [
      [call, changed],
      ['process.argv[2] ?? ', ''],
    ],
  );
  return lines.map(line => line.trimEnd());
}

/** Replaces each match by the quotation of the same place. */
function replace(path: string, pattern: RegExp, quotations: readonly string[]): void {
  const file = new URL(path, root);
  const text = readFileSync(file, 'utf8');
  const found = [...text.matchAll(pattern)].length;
  if (found !== quotations.length) {
    throw new Error(`${path} has ${found} quotations of the champion, not ${quotations.length}`);
  }
  let next = 0;
  writeFileSync(
    file,
    text.replace(pattern, () => quotations[next++]!),
  );
}
