// Lists and finds the versions in a models folder, which are the folders in it with a model file.

import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import Value from 'typebox/value';
import { NnError } from '../errors.ts';
import { sha256Of } from '../sha256.ts';
import { ChampionFile, findModelFile, modelFile, readModelFile } from './champion.ts';
import { describeFolder, layersOf, type ModelsFolder } from './models-folder.ts';

/** Maximum number of names listed in the error for an unknown version. */
const maxListedNames = 10;

/** @returns sorted names; empty if the folder does not exist */
export async function listVersions(modelsFolder: ModelsFolder): Promise<string[]> {
  const names = await Promise.all(layersOf(modelsFolder).map(listFolder));
  return [...new Set(names.flat())].sort();
}

async function listFolder(modelsFolder: string): Promise<string[]> {
  const folders = await readdir(modelsFolder, { withFileTypes: true }).catch(() => []);
  const names: string[] = [];
  for (const folder of folders) {
    if (!folder.isDirectory() || folder.name.startsWith('.')) continue;
    const files = await readdir(join(modelsFolder, folder.name)).catch((): string[] => []);
    if (files.includes(modelFile)) names.push(folder.name);
  }
  return names;
}

/**
 * Finds a version by name.
 *
 * @param parent folder of the version, relative to the models folder, which it is by default
 * @returns the reference to the version, with the digest of its model file
 * @throws NnError `model-missing`, `model-outside`; `champion-digest-mismatch` if the digest at the end of
 * the version's name is not that of the file, which has been changed then
 */
export async function findVersion(
  modelsFolder: ModelsFolder,
  version: string,
  parent = '',
): Promise<ChampionFile> {
  const path = posix.join(parent, version, modelFile);
  const found = { version, path, sha256: '0'.repeat(64) };
  if (!Value.Check(ChampionFile, found)) throw await unknownVersion(modelsFolder, version);
  const file = await findModelFile(modelsFolder, path).catch(async error => {
    throw error.code === 'model-missing' ? await unknownVersion(modelsFolder, version) : error;
  });
  const sha256 = sha256Of(await readModelFile(file));
  const [, named] = /-([0-9a-f]{8})$/.exec(version) ?? [];
  if (named !== undefined && !sha256.startsWith(named)) {
    throw new NnError(
      'champion-digest-mismatch',
      `${file} has SHA-256 ${sha256}, but its name ends in ${named}: the file was changed`,
    );
  }
  return { ...found, sha256 };
}

async function unknownVersion(modelsFolder: ModelsFolder, version: string): Promise<NnError> {
  return new NnError(
    'model-missing',
    `${describeFolder(modelsFolder)} has no version ${version}: it has ${await describeVersions(modelsFolder)}`,
  );
}

/** The names of the versions, separated by commas, for the error about one that is missing. */
export async function describeVersions(modelsFolder: ModelsFolder): Promise<string> {
  const names = await listVersions(modelsFolder);
  if (names.length === 0) return 'none';
  return names.slice(0, maxListedNames).join(', ') + (names.length > maxListedNames ? ', …' : '');
}
