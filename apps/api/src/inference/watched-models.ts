// A models folder that is watched: whatever its champion.json names is the model that answers.
// Requests in flight finish with the champion they began with.

import { join } from 'node:path';
import { loadChampion } from '@digits/nn';
import type { ModelStore } from './model-store.ts';
import { type ModelEvents, type WatchedModel, watchModel } from './watched-model.ts';

export interface WatchedModelsOptions extends ModelEvents {
  readonly folder: string;
  /** How often to look at champion.json. */
  readonly intervalMs?: number;
}

export interface WatchedModels extends ModelStore, Omit<WatchedModel, 'model'> {}

/** Returns at once; there is no champion before the first `reload` is over. */
export function watchModels({ folder, ...rest }: WatchedModelsOptions): WatchedModels {
  const watched = watchModel({
    ...rest,
    file: join(folder, 'champion.json'),
    load: kernels => loadChampion(folder, kernels),
  });
  return {
    get champion() {
      return watched.model;
    },
    get refusal() {
      return watched.refusal;
    },
    reload: watched.reload,
    close: watched.close,
  };
}
