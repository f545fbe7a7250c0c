// Reads and writes champion.json, which names the version to use, and the folders of versions. Versions
// are loaded only from inside a models folder and only if their digest matches.

import { realpath, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { readRegularFile } from '@digits/files';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import type { Kernels } from '../engine/kernels/kernels.ts';
import { loopKernels } from '../engine/kernels/loops.ts';
import { NnError } from '../errors.ts';
import type { Model, ModelDescription } from '../inference/model.ts';
import { parseJson } from '../parse-json.ts';
import { preprocessing } from '../preprocess/preprocess.ts';
import { sha256Of } from '../sha256.ts';
import { makeFolder, writeAtomically } from './locked-files.ts';
import { decodeModelInPlace } from './model-file.ts';
import {
  type LayeredModels,
  type ModelsFolder,
  ownFolder,
  readFromLayers,
} from './models-folder.ts';
import { maxModelFileBytes, readIntoKernelMemory } from './read-into-kernel-memory.ts';

const name = '[A-Za-z0-9][A-Za-z0-9._-]{0,99}';

/** The name of the model file in the folder of a version. */
export const modelFile = 'model.safetensors';

/** A champion.json has some 150 bytes. */
export const maxChampionFileBytes = 64 * 1024;

/** The content of champion.json. */
export const ChampionFile = Type.Object({
  version: Type.String({ pattern: `^${name}$` }),
  /** relative to the models folder, without `..` */
  path: Type.String({ pattern: `^${name}(/${name})*$` }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});

/** A reference to a saved version, as in champion.json. */
export type ChampionFile = Static<typeof ChampionFile>;

/** A saved version, loaded into memory. */
export interface LoadedModel {
  readonly version: string;
  /** digest of the model file, in lower-case hexadecimal */
  readonly sha256: string;
  readonly model: Model;
}

/** The file whose replacement changes the champion. */
export function championFileIn(folder: string): string {
  return join(folder, 'champion.json');
}

/**
 * Loads the version that champion.json names.
 *
 * @param kernels the backend that the model will run on, which keeps the weights in its memory; the plain
 * loops by default
 * @throws NnError `champion-missing`, `champion-corrupt`, and as `loadVersion`
 */
export async function loadChampion(
  modelsFolder: ModelsFolder,
  kernels: Kernels = loopKernels,
): Promise<LoadedModel> {
  return loadVersion(modelsFolder, await readChampionFile(modelsFolder), kernels);
}

/**
 * Loads a saved version, referenced by champion.json, the history or `findVersion`.
 *
 * @param kernels as for `loadChampion`
 * @throws NnError `model-missing`, `model-outside`, `champion-digest-mismatch`, and what `decodeModel` and
 * `expectDigits` throw
 */
export async function loadVersion(
  modelsFolder: ModelsFolder,
  { version, path, sha256 }: ChampionFile,
  kernels: Kernels = loopKernels,
): Promise<LoadedModel> {
  const file = await findModelFile(modelsFolder, path);
  const bytes = await readIntoKernelMemory(file, kernels);
  expectDigest(file, sha256Of(bytes), sha256);
  const model = decodeModelInPlace(bytes, kernels);
  expectDigits(version, model);
  return { version, sha256, model };
}

/** @throws NnError `champion-digest-mismatch` unless the digest of a model file is the expected one */
export function expectDigest(file: string, digest: string, expected: string): void {
  if (digest === expected) return;
  throw new NnError(
    'champion-digest-mismatch',
    `${file} has SHA-256 ${digest}, expected ${expected}`,
  );
}

/**
 * Expects a model of digits: only those can be the champion, compared with it and served.
 *
 * @throws NnError `model-unsupported` for a model whose images are not preprocessed
 */
export function expectDigits(
  version: string,
  { preprocessing: own, layerSizes }: ModelDescription,
) {
  if (own === preprocessing) return;
  throw new NnError(
    'model-unsupported',
    `${version} is a model of ${layerSizes.at(-1)} classes for images of ${layerSizes[0]} pixels that are not ` +
      `preprocessed (${own}): only a model of the ten digits, ${preprocessing}, can be the champion and be served`,
  );
}

/**
 * The path of a model file without symbolic links. A link may lead to another place in the folder, as in
 * a mounted ConfigMap, but not out of it; the folder itself may be a link.
 *
 * @param path as in champion.json
 * @throws NnError `model-missing`, `model-outside`
 */
export async function findModelFile(modelsFolder: ModelsFolder, path: string): Promise<string> {
  return readFromLayers(modelsFolder, folder => findInFolder(folder, path));
}

async function findInFolder(modelsFolder: string, path: string): Promise<string> {
  const file = join(modelsFolder, path);
  const [folder, found] = await Promise.all([realpath(modelsFolder), realpath(file)]).catch(
    cause => {
      throw new NnError('model-missing', `${file} cannot be read: ${cause.message}`, { cause });
    },
  );
  if (found.startsWith(folder + sep)) return found;
  throw new NnError('model-outside', `${file} leads to ${found}, which is outside ${folder}`);
}

/** Reads a model file, as `findModelFile` returns it, without loading it. @throws NnError `model-missing` */
export async function readModelFile(file: string): Promise<Buffer> {
  return readRegularFile(file, maxModelFileBytes).catch(cause => {
    throw new NnError('model-missing', `${file} cannot be read: ${cause.message}`, { cause });
  });
}

/**
 * Reads and validates champion.json: one's own, or else the shipped one.
 *
 * @throws NnError `champion-missing`, `champion-corrupt`
 */
export async function readChampionFile(modelsFolder: ModelsFolder): Promise<ChampionFile> {
  return readFromLayers(modelsFolder, readFromFolder);
}

async function readFromFolder(modelsFolder: string): Promise<ChampionFile> {
  const file = championFileIn(modelsFolder);
  const bytes = await readRegularFile(file, maxChampionFileBytes).catch(cause => {
    throw new NnError(
      'champion-missing',
      `${file} cannot be read: ${cause.message}: train a model first, or specify the folder of an ` +
        'existing one',
      { cause },
    );
  });
  return parseChampionFile(bytes.toString(), file);
}

/**
 * Validates the text of a champion.json.
 *
 * @param source names it in the error
 * @throws NnError `champion-corrupt`
 */
export function parseChampionFile(text: string, source: string): ChampionFile {
  const content = parseJson(text);
  if (Value.Check(ChampionFile, content)) return content;
  throw new NnError(
    'champion-corrupt',
    `${source} contains ${text.trim().slice(0, 200) || 'nothing'}, expected {"version", "path", "sha256"}`,
  );
}

/**
 * Saves a model as <folder>/<name>-<first eight digits of its digest>/model.safetensors, with further files
 * beside it. The path is the same for the same model.
 *
 * @param bytes of the model file
 * @param renderFiles creates the other files of the version, by file name
 * @returns the reference to the version
 * @throws NnError `write-failed`
 */
export async function saveVersion(
  modelsFolder: ModelsFolder,
  modelName: string,
  bytes: Uint8Array,
  renderFiles: (version: ChampionFile) => Promise<Readonly<Record<string, Uint8Array | string>>>,
): Promise<ChampionFile> {
  const sha256 = sha256Of(bytes);
  const version = `${modelName}-${sha256.slice(0, 8)}`;
  const described = { version, path: `${version}/${modelFile}`, sha256 };
  const folder = join(ownFolder(modelsFolder), version);
  const files = { ...(await renderFiles(described)), [modelFile]: bytes };
  await makeFolder(folder);
  for (const [file, content] of Object.entries(files)) {
    await writeAtomically(join(folder, file), content);
  }
  return described;
}

/**
 * Makes a saved version the champion.
 *
 * @throws NnError `write-failed`; the champion is then unchanged
 */
export async function writeChampionFile(
  modelsFolder: ModelsFolder,
  champion: ChampionFile,
): Promise<void> {
  const file = championFileIn(ownFolder(modelsFolder));
  await writeAtomically(file, `${JSON.stringify(champion, null, 2)}\n`);
}

/** Removes one's own champion.json, so that the shipped champion is used. @throws NnError `write-failed` */
export async function removeOwnChampionFile({ own }: LayeredModels): Promise<void> {
  const file = championFileIn(own);
  await rm(file, { force: true }).catch(cause => {
    throw new NnError('write-failed', `${file} cannot be removed: ${cause.message}`, { cause });
  });
}
