// The trained versions in a models folder: every folder with a model file in it.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Value from 'typebox/value';
import { NnError } from '../errors.ts';
import { sha256Of } from '../sha256.ts';
import { ChampionFile } from './champion.ts';

const modelFile = 'model.safetensors';

/** So many names are told to whoever mistypes one. */
const toldNames = 10;

/** @returns names in their order; none where there is no such folder */
export async function listVersions(modelsFolder: string): Promise<string[]> {
  const folders = await readdir(modelsFolder, { withFileTypes: true }).catch(() => []);
  const names: string[] = [];
  for (const folder of folders) {
    if (!folder.isDirectory() || folder.name.startsWith('.')) continue;
    const files = await readdir(join(modelsFolder, folder.name)).catch((): string[] => []);
    if (files.includes(modelFile)) names.push(folder.name);
  }
  return names.sort();
}

/**
 * What champion.json would say of a version, its digest taken from the file as it is.
 *
 * @throws NnError `model-missing`; `champion-digest-mismatch` where the version's name ends in the
 * beginning of another digest, as those of trained models do
 */
export async function findVersion(modelsFolder: string, version: string): Promise<ChampionFile> {
  const path = `${version}/${modelFile}`;
  const found = { version, path, sha256: '0'.repeat(64) };
  if (!Value.Check(ChampionFile, found)) throw await unknown(modelsFolder, version);
  const bytes = await readFile(join(modelsFolder, path)).catch(() => null);
  if (bytes === null) throw await unknown(modelsFolder, version);
  const sha256 = sha256Of(bytes);
  const [, named] = /-([0-9a-f]{8})$/.exec(version) ?? [];
  if (named !== undefined && !sha256.startsWith(named)) {
    throw new NnError(
      'champion-digest-mismatch',
      `${join(modelsFolder, path)} has SHA-256 ${sha256}, its name says ${named}: it is not what ` +
        'was trained',
    );
  }
  return { ...found, sha256 };
}

async function unknown(modelsFolder: string, version: string): Promise<NnError> {
  const names = await listVersions(modelsFolder);
  const told = names.slice(0, toldNames).join(', ') + (names.length > toldNames ? ', …' : '');
  return new NnError(
    'model-missing',
    `${modelsFolder} has no version ${version}: ${names.length > 0 ? `it has ${told}` : 'it has none'}`,
  );
}
