// Loads a model for a command: the champion, or any model file.

import { basename, dirname, resolve } from 'node:path';
import { readRegularFile } from '@digits/files';
import { digitCount } from '../../src/data/dataset.ts';
import type { Kernels } from '../../src/engine/kernels/kernels.ts';
import { NnError } from '../../src/errors.ts';
import type { Model } from '../../src/inference/model.ts';
import { networkInputs } from '../../src/preprocess/picture.ts';
import { noPreprocessing } from '../../src/preprocess/preprocess.ts';
import { expectDigits, type LoadedModel, loadChampion } from '../../src/registry/champion.ts';
import { decodeModel } from '../../src/registry/model-file.ts';
import { describeFolder, type ModelsFolder } from '../../src/registry/models-folder.ts';
import { maxModelFileBytes } from '../../src/registry/read-into-kernel-memory.ts';
import { describeVersions } from '../../src/registry/versions.ts';
import { sha256Of } from '../../src/sha256.ts';

/**
 * Loads a model, of digits or of other data.
 *
 * @param file null for the champion, whose digest is verified
 * @throws NnError what `loadModelFile` and `loadChampion` throw
 */
export async function loadModel(
  file: string | null,
  kernels: Kernels,
  modelsFolder: ModelsFolder,
): Promise<LoadedModel> {
  return file === null
    ? checkLayers(await loadChampion(modelsFolder, kernels))
    : loadModelFile(file, kernels, () => versionsHint(modelsFolder));
}

/**
 * Loads a model file, of digits or of other data.
 *
 * @param hint advice in the error for an unreadable file
 * @throws NnError `model-missing`; `model-unsupported` for a model of neither digits nor data of a known form;
 * what `decodeModel` throws
 */
export async function loadModelFile(
  file: string,
  kernels: Kernels,
  hint: () => string | Promise<string>,
): Promise<LoadedModel> {
  return checkLayers(await loadFile(file, kernels, hint));
}

/**
 * Loads a model file of digits.
 *
 * @param hint as for `loadModelFile`
 * @throws NnError what `loadModelFile` and `expectDigits` throw
 */
export async function loadDigitModel(
  file: string,
  kernels: Kernels,
  hint: () => string | Promise<string>,
): Promise<LoadedModel> {
  const loaded = await loadModelFile(file, kernels, hint);
  expectDigits(loaded.version, loaded.model);
  return loaded;
}

function checkLayers(loaded: LoadedModel): LoadedModel {
  const { layerSizes, form, preprocessing } = loaded.model;
  if (form) return loaded;
  const isForDigits = layerSizes[0] === networkInputs && layerSizes.at(-1) === digitCount;
  if (isForDigits && preprocessing !== noPreprocessing) return loaded;
  throw new NnError(
    'model-unsupported',
    `${loaded.version} is ${layerSizes.join('-')}: expected ${networkInputs} inputs and ` +
      `${digitCount} classes, or metadata with the form of its data`,
  );
}

async function loadFile(
  file: string,
  kernels: Kernels,
  hint: () => string | Promise<string>,
): Promise<LoadedModel> {
  const bytes = await readRegularFile(file, maxModelFileBytes).catch(async cause => {
    const advice = await hint();
    throw new NnError('model-missing', `${file} cannot be read: ${cause.message}: ${advice}`, {
      cause,
    });
  });
  return {
    version: versionOf(file),
    sha256: sha256Of(bytes),
    model: decodeFile(bytes, file, kernels),
  };
}

async function versionsHint(modelsFolder: ModelsFolder): Promise<string> {
  return (
    'specify a .safetensors file with --model, or omit it for the champion; the versions in ' +
    `${describeFolder(modelsFolder)} are ${await describeVersions(modelsFolder)}`
  );
}

/** Decodes a model, adding the file's name to errors. */
function decodeFile(bytes: Uint8Array, file: string, kernels: Kernels): Model {
  try {
    return decodeModel(bytes, kernels);
  } catch (error) {
    if (!(error instanceof NnError)) throw error;
    throw new NnError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}

/** The version of a file: the folder's name for a trained version, otherwise the file's name. */
function versionOf(file: string): string {
  const path = resolve(file);
  return basename(path) === 'model.safetensors' ? basename(dirname(path)) : basename(path);
}
