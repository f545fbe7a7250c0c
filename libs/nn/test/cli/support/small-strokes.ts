// A folder of pen strokes that is drawn in no time: five writers' sevens and ones.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Of } from '../../../src/sha256.ts';

const writers = ['a', 'b', 'c', 'd', 'e'];

/** Of each writer. */
const drawings = 20;

/** Writes one file, twenty drawings by each of five writers; every fifth is a cross, labelled x. */
export async function writePenStrokes(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const lines = writers.flatMap((writer, w) =>
    Array.from({ length: drawings }, (_, i) => JSON.stringify({ writer, ...draw(i, w / 100) })),
  );
  const text = `${lines.join('\n')}\n`;
  await writeFile(join(folder, `${name}.jsonl`), text);
  return sha256Of(Buffer.from(text));
}

function draw(i: number, lean: number) {
  const bottom = [0.45 + lean, 0.85];
  if (i % 5 === 4)
    return {
      label: 'x',
      strokes: [
        [
          [0.2, 0.2],
          [0.8, 0.8],
        ],
        [[0.8, 0.2], bottom],
      ],
    };
  if (i % 2 === 0) return { label: 1, strokes: [[[0.5, 0.1], bottom]] };
  return { label: 7, strokes: [[[0.25, 0.15], [0.75, 0.15], bottom]] };
}
