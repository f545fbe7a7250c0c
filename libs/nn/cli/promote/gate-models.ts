// Loads the two models that the gate compares, each with its own kernels, as in the service.

import { stat } from 'node:fs/promises';
import { chooseKernels } from '../../src/engine/kernels/choose.ts';
import { NnError } from '../../src/errors.ts';
import type { Model } from '../../src/inference/model.ts';
import {
  type ChampionFile,
  expectDigest,
  findModelFile,
  readChampionFile,
} from '../../src/registry/champion.ts';
import type { ModelsFolder } from '../../src/registry/models-folder.ts';
import { loadDigitModel } from '../shared/load-model.ts';

/** A loaded version and its size. */
export interface GateModel {
  readonly file: ChampionFile;
  readonly model: Model;
  readonly weights: number;
  /** size of the model file */
  readonly bytes: number;
}

/** The champion, and whether it can be compared with. */
export interface CurrentChampion {
  /** null if champion.json is missing or invalid */
  readonly file: ChampionFile | null;
  /** undefined if it cannot be loaded */
  readonly model: GateModel | undefined;
  /** the reason if it cannot be loaded, otherwise undefined */
  readonly problem: string | undefined;
}

/** Loads a version. @throws NnError `champion-digest-mismatch`, and what `loadDigitModel` throws */
export async function loadGateModel(
  modelsFolder: ModelsFolder,
  file: ChampionFile,
): Promise<GateModel> {
  const path = await findModelFile(modelsFolder, file.path);
  const { model, sha256 } = await loadDigitModel(
    path,
    chooseKernels().kernels,
    () => 'its folder is incomplete',
  );
  expectDigest(path, sha256, file.sha256);
  const weights = model.network.layers.reduce((sum, { weight }) => sum + weight.length, 0);
  return { file, model, weights, bytes: (await stat(path)).size };
}

/** Loads the champion; a missing or unusable one is reported in the result. */
export async function loadCurrentChampion(modelsFolder: ModelsFolder): Promise<CurrentChampion> {
  let file: ChampionFile | null = null;
  try {
    file = await readChampionFile(modelsFolder);
    return { file, model: await loadGateModel(modelsFolder, file), problem: undefined };
  } catch (error) {
    if (!(error instanceof NnError)) throw error;
    const problem =
      error.code === 'champion-missing'
        ? 'There is no champion.'
        : `The champion ${file?.version ?? ''} cannot be used (${error.code}: ${error.message}).`;
    return { file, model: undefined, problem };
  }
}
