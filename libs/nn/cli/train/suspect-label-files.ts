// Doubtful corrections as files for a person to look at: a picture each, and a page of them all.

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { NnError } from '../../src/errors.ts';
import type { SuspectLabel } from '../../src/evaluation/corrections/suspect-labels.ts';
import { writeAtomically } from '../../src/registry/write-atomically.ts';
import { renderSuspectLabelsPage } from '../../src/report/suspect-labels-page.ts';

/** A suspect label as `nn:train --json` writes it. */
export interface DoubtfulFile
  extends Omit<SuspectLabel, 'inputs' | 'predicted' | 'similarCorrections'> {
  /** the champion's prediction */
  readonly said: number;
  /** labels of the nearest other corrections, the nearest first */
  readonly companions: readonly number[];
  /** its picture */
  readonly file: string;
}

/** Sides of a pixel: 28 of them alone are too small to look at. */
const enlarged = 8;

/**
 * Puts what is there now in the place of what an earlier run left.
 *
 * @param folder of the run
 * @returns the path of the page, null where nothing is doubtful; and the list with its pictures
 * @throws NnError `write-failed`
 */
export async function writeDoubtful(
  folder: string,
  doubtful: readonly SuspectLabel[],
): Promise<{ page: string | null; files: DoubtfulFile[] }> {
  const place = join(folder, 'doubtful');
  await rm(place, { recursive: true, force: true });
  if (doubtful.length === 0) return { page: null, files: [] };
  await mkdir(place, { recursive: true }).catch(cause => {
    throw new NnError('write-failed', `${place} cannot be made: ${cause.message}`, { cause });
  });
  const files: DoubtfulFile[] = [];
  for (const suspect of doubtful) {
    const { id, label, why, predicted, confidence, neighbours, similarCorrections } = suspect;
    const file = join(place, `${id}.png`);
    await writeAtomically(file, pictureOf(suspect.inputs));
    const companions = similarCorrections;
    files.push({ id, label, why, said: predicted, confidence, neighbours, companions, file });
  }
  const page = join(place, 'index.html');
  await writeAtomically(page, renderSuspectLabelsPage(doubtful));
  return { page, files };
}

/** Black ink on white paper. */
function pictureOf(inputs: Uint8Array): Uint8Array {
  const side = Math.sqrt(inputs.length);
  const width = side * enlarged;
  const data = new Uint8Array(width * width);
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [Math.floor((i % width) / enlarged), Math.floor(i / width / enlarged)];
    data[i] = 255 - inputs[y * side + x]!;
  }
  return encode({ width, height: width, channels: 1, depth: 8, data });
}
