// The shadow: a challenger that answers beside the champion without being seen. It is watched as the
// champion is, and whatever is wrong with it is no harm to whoever asks the champion.

import { join } from 'node:path';
import { findVersion, loadVersion } from '@digits/nn';
import type { ModelStore, ShadowStore } from '../model-store.ts';
import { type ModelEvents, type WatchedModel, watchModel } from '../watched-model.ts';

export interface ShadowOptions extends ModelEvents {
  readonly folder: string;
  /** SHADOW_MODEL: a version in the folder, or the path below it to a model.safetensors. */
  readonly name: string;
  readonly models: ModelStore;
  readonly intervalMs?: number;
}

export interface WatchedShadow extends ShadowStore, Omit<WatchedModel, 'model'> {}

const modelFile = 'model.safetensors';

/** Returns at once; the model is there when the first `reload` is over. */
export function watchShadow({ folder, name, models, ...rest }: ShadowOptions): WatchedShadow {
  const { parent, version } = place(folder, name);
  const watched = watchModel({
    ...rest,
    file: join(parent, version, modelFile),
    load: async kernels => loadVersion(parent, await findVersion(parent, version), kernels),
  });
  return {
    get shadow() {
      const { model } = watched;
      // Once crowned, it would only agree with itself.
      return model?.sha256 === models.champion?.sha256 ? null : model;
    },
    get refusal() {
      return watched.refusal;
    },
    reload: watched.reload,
    close: watched.close,
  };
}

function place(folder: string, name: string) {
  const names = name.split('/');
  if (names.length > 1 && names.at(-1) === modelFile) names.pop();
  const version = names.pop()!;
  return { parent: join(folder, ...names), version };
}
