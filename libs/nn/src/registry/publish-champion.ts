// Publishes the champion in a folder that a web server or a bucket serves: the service fetches it from there
// (MODELS_URL). champion.json is written last, so that a reader never sees a version that is not whole.

import { join } from 'node:path';
import { sha256Of } from '../sha256.ts';
import {
  type ChampionFile,
  expectDigest,
  findModelFile,
  modelFile,
  readChampionFile,
  readModelFile,
  writeChampionFile,
} from './champion.ts';
import { makeFolder, withModelsLock, writeAtomically } from './locked-files.ts';
import type { ModelsFolder } from './models-folder.ts';

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
    const { version, path, sha256 } = await readChampionFile(modelsFolder);
    const published = { version, path: `${version}/${modelFile}`, sha256 };
    const file = await findModelFile(modelsFolder, path);
    const bytes = await readModelFile(file);
    expectDigest(file, sha256Of(bytes), sha256);
    const copy = join(target, published.path);
    const existing = await readModelFile(copy).catch(() => undefined);
    if (existing === undefined || sha256Of(existing) !== sha256) {
      await makeFolder(join(target, version));
      await writeAtomically(copy, bytes);
    }
    await writeChampionFile(target, published);
    return published;
  });
}
