// Writes suspect labels to files for inspection: an image for each correction, and a page with all of them.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SuspectLabel as SuspectLabelRecord } from '@digits/protocol';
import { encode } from 'fast-png';
import type { SuspectLabel } from '../../../src/evaluation/corrections/suspect-labels.ts';
import { makeFolder, writeAtomically } from '../../../src/registry/locked-files.ts';
import { renderSuspectLabelsPage } from '../../../src/report/suspect-labels-page.ts';

/** Enlargement of the images, because 28×28 pixels are too small to inspect. */
const scale = 8;

/**
 * Writes the files, replacing those of an earlier run.
 *
 * @param folder of the run
 * @returns the path of the page, null if no label is suspect; and the records with the paths of the images
 * @throws NnError `write-failed`
 */
export async function writeSuspectLabels(
  folder: string,
  suspects: readonly SuspectLabel[],
): Promise<{ page: string | null; records: SuspectLabelRecord[] }> {
  const place = join(folder, 'doubtful');
  await rm(place, { recursive: true, force: true });
  if (suspects.length === 0) return { page: null, records: [] };
  await makeFolder(place);
  const records: SuspectLabelRecord[] = [];
  for (const suspect of suspects) {
    const file = join(place, `${suspect.id}.png`);
    await writeAtomically(file, imageOf(suspect.inputs));
    records.push(recordOf(suspect, file));
  }
  const page = join(place, 'index.html');
  await writeAtomically(page, renderSuspectLabelsPage(suspects));
  return { page, records };
}

/** The record for `nn:train --json`. @param file null if none was written */
export function recordOf(suspect: SuspectLabel, file: string | null): SuspectLabelRecord {
  const { id, label, why, predicted: said, confidence } = suspect;
  const neighbours = [...suspect.neighbours];
  const companions = [...suspect.similarCorrections];
  return { id, label, why, said, confidence, neighbours, companions, file };
}

/** Black ink on white paper. */
function imageOf(inputs: Uint8Array): Uint8Array {
  const side = Math.sqrt(inputs.length);
  const width = side * scale;
  const data = new Uint8Array(width * width);
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [Math.floor((i % width) / scale), Math.floor(i / width / scale)];
    data[i] = 255 - inputs[y * side + x]!;
  }
  return encode({ width, height: width, channels: 1, depth: 8, data });
}
