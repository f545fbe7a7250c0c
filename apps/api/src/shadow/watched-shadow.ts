// The shadow model: a challenger that predicts beside the champion without being shown. Its file is
// watched as the champion's is; a failure to load it does not affect the champion.

import { join } from 'node:path';
import { findVersion, layersOf, loadVersion, type ModelsFolder } from '@digits/nn';
import type { ModelStore, ShadowStore } from '../inference/model-store.ts';
import { type ModelEvents, type WatchedModel, watchModel } from '../inference/watched-model.ts';

export interface ShadowOptions extends ModelEvents {
  readonly folder: ModelsFolder;
  /** SHADOW_MODEL: a version in the folder, or the path of a model.safetensors below it. */
  readonly name: string;
  readonly models: ModelStore;
  readonly wideVectors?: boolean;
  readonly intervalMs?: number;
}

export interface WatchedShadow extends ShadowStore, Omit<WatchedModel, 'model'> {}

const modelFile = 'model.safetensors';

/** Returns at once; the model is loaded by the first `reload`. */
export function watchShadow({ folder, name, models, ...rest }: ShadowOptions): WatchedShadow {
  const { parent, version } = parseName(name);
  const watched = watchModel({
    ...rest,
    files: layersOf(folder).map(layer => join(layer, parent, version, modelFile)),
    load: async kernels => loadVersion(folder, await findVersion(folder, version, parent), kernels),
  });
  return {
    get shadow() {
      const { model } = watched;
      // After its promotion it would only be compared with itself.
      return model?.sha256 === models.champion?.sha256 ? undefined : model;
    },
    get loadError() {
      return watched.loadError;
    },
    reload: watched.reload,
    close: watched.close,
  };
}

/** @returns the version, and its folder relative to the models folder */
function parseName(name: string) {
  const names = name.split('/');
  if (names.length > 1 && names.at(-1) === modelFile) names.pop();
  const version = names.pop()!;
  return { parent: names.join('/'), version };
}
