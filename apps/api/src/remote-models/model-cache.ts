// The folder on disk with the versions that were fetched: a models folder whose champion.json is written
// when the version is complete and tested, so that the service can start without the server of MODELS_URL.

import { hash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, readRegularFile, writeAtomically } from '@digits/files';
import {
  type ChampionFile,
  championFileIn,
  chooseKernels,
  loadVersion,
  maxModelFileBytes,
  NnError,
  readChampionFile,
  selfTest,
  writeChampionFile,
} from '@digits/nn';
import { kernelMemoryBytes } from '../inference/watched-model.ts';

/**
 * Makes a version the champion of the folder. Its file is fetched unless the folder has it already.
 *
 * @param fetchFile returns the bytes of the model file
 * @returns whether champion.json was written
 * @throws NnError `champion-digest-mismatch`, `model-unsupported` and what `loadVersion` throws: the
 * champion is then unchanged; errors of the disk and those of `fetchFile`
 */
export async function installVersion(
  folder: string,
  { version, sha256 }: ChampionFile,
  fetchFile: () => Promise<Buffer>,
): Promise<boolean> {
  // Named by its content: a name from another server could hide champion.json.
  const installed: ChampionFile = { version, path: `${sha256}/model.safetensors`, sha256 };
  const file = join(folder, installed.path);
  const previous = await readChampionFile(folder).catch(() => undefined);
  const hasFile = await hasDigest(file, sha256);
  if (hasFile && previous?.version === version && previous.sha256 === sha256) return false;
  if (!hasFile) {
    const bytes = await fetchFile();
    const digest = hash('sha256', bytes);
    if (digest !== sha256) {
      const expected = `expected ${sha256}, as in its ${championFileIn('')}`;
      throw new NnError(
        'champion-digest-mismatch',
        `the fetched ${version} has SHA-256 ${digest}, ${expected}`,
      );
    }
    await makeFolder(join(folder, sha256));
    await writeAtomically(file, bytes);
  }
  selfTest(await loadVersion(folder, installed, chooseKernels(kernelMemoryBytes).kernels));
  await writeChampionFile(folder, installed);
  await removeOthers(folder, [installed, ...(previous ? [previous] : [])]);
  return true;
}

async function hasDigest(file: string, sha256: string): Promise<boolean> {
  const bytes = await readRegularFile(file, maxModelFileBytes).catch(() => undefined);
  return bytes !== undefined && hash('sha256', bytes) === sha256;
}

/**
 * Removes the folders of other versions; the previous one is kept for a rollback. A folder has the name
 * of a digest, or of a version where what was computed for it is kept.
 */
async function removeOthers(folder: string, kept: readonly ChampionFile[]): Promise<void> {
  const names = new Set(kept.flatMap(({ version, sha256 }) => [version, sha256]));
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || names.has(entry.name)) continue;
    // A folder that cannot be removed takes only space.
    await rm(join(folder, entry.name), { recursive: true, force: true }).catch(() => {});
  }
}
