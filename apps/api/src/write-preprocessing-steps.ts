// The command behind `npm run predict -- --steps DIR`: decodes the picture on stdin as the service
// does, and writes the picture after each step of the preprocessing to a folder, as PNG files
// 01-shrink.png, 02-…. A blank picture ends at the step that finds no ink.

import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { makeFolder, writeAtomically } from '@digits/files';
import { type Picture, preprocess } from '@digits/nn';
import { variables } from './config/variables.ts';
import { decodePicture } from './image/decode.ts';
import { encodePng } from './image/sharp-decoder.ts';

if (import.meta.main) await writePreprocessingSteps(process.argv.slice(2));

/** Runs the command with the folder as its only argument, and sets the exit code. */
export async function writePreprocessingSteps([folder]: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error('Specify the folder to write to.');
  try {
    const steps: [name: string, picture: Picture][] = [];
    const picture = await decodePicture(await buffer(process.stdin), variables.maxPixels.fallback);
    preprocess(picture, (name, result) => steps.push([name, result]));
    await writeSteps(folder, steps).catch(error => report(error, 2));
  } catch (error) {
    report(error, 1);
  }
}

async function writeSteps(
  folder: string,
  steps: readonly (readonly [name: string, picture: Picture])[],
): Promise<void> {
  await makeFolder(folder);
  for (const [index, [name, result]] of steps.entries()) {
    const file = `${`${index + 1}`.padStart(2, '0')}-${name}.png`;
    await writeAtomically(join(folder, file), await encodePng(result));
  }
}

/** @param exitCode 1 if the picture cannot be decoded, 2 if the files cannot be written */
function report(error: unknown, exitCode: 1 | 2): void {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = exitCode;
}
