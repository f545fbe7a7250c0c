// Publishes the champion in a folder that a web server or a bucket serves: the service fetches it from there
// (MODELS_URL). champion.json is written last, so that a reader never sees a version that is not whole.

import { join } from 'node:path';
import { readRegularFile } from '@digits/files';
import { NnError } from '../errors.ts';
import { sha256Of } from '../sha256.ts';
import {
  type ChampionFile,
  findModelFile,
  readChampionFile,
  writeChampionFile,
} from './champion.ts';
import { makeFolder, withModelsLock, writeAtomically } from './locked-files.ts';
import type { ModelsFolder } from './models-folder.ts';
import { maxModelFileBytes } from './read-into-kernel-memory.ts';

const modelFile = 'model.safetensors';

/**
 * Copies the model file of the current champion to `<target>/<version>/`, unless it is there, and then
 * writes `<target>/champion.json`. Repeating it completes a copy that was interrupted.
 *
 * @returns the reference that was written
 * @throws NnError `champion-missing`, `champion-corrupt`, `model-missing`, `champion-digest-mismatch`,
 * `write-failed`, `models-locked`; champion.json in the target is then unchanged
 */
export async function publishChampion(
  modelsFolder: ModelsFolder,
  target: string,
): Promise<ChampionFile> {
  await makeFolder(target);
  return withModelsLock(target, async () => {
    const champion = await readChampionFile(modelsFolder);
    const { version, sha256 } = champion;
    const published = { version, path: `${version}/${modelFile}`, sha256 };
    const bytes = await readModel(await findModelFile(modelsFolder, champion.path));
    requireDigest(bytes, champion);
    const copy = join(target, published.path);
    const existing = await readRegularFile(copy, maxModelFileBytes).catch(() => undefined);
    if (existing === undefined || sha256Of(existing) !== sha256) {
      await makeFolder(join(target, version));
      await writeAtomically(copy, bytes);
    }
    await writeChampionFile(target, published);
    return published;
  });
}

async function readModel(file: string): Promise<Buffer> {
  return readRegularFile(file, maxModelFileBytes).catch(cause => {
    throw new NnError('model-missing', `${file} cannot be read: ${cause.message}`, { cause });
  });
}

function requireDigest(bytes: Uint8Array, { version, sha256 }: ChampionFile): void {
  const digest = sha256Of(bytes);
  if (digest === sha256) return;
  throw new NnError(
    'champion-digest-mismatch',
    `the model file of ${version} has SHA-256 ${digest}, expected ${sha256}`,
  );
}
