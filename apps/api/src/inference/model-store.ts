// Access to the served models. Routes ask for them on every request, so that a model may be replaced
// between two requests; watched-model.ts replaces it.

import type { LoadedModel } from '@digits/nn';
import { Problem } from '../problem.ts';

export interface ModelStore {
  /** undefined until a model has been loaded and tested. */
  readonly champion: LoadedModel | undefined;
}

export interface ShadowStore {
  /** undefined where none is configured, before it is loaded, and while it is the champion. */
  readonly shadow: LoadedModel | undefined;
}

/** The folder on an HTTP server from which the champion is fetched. */
export interface RemoteModelsStatus {
  /** MODELS_URL, without user and password. */
  readonly url: string;
  /** The digest of the champion there, as of the last check that succeeded. */
  readonly sha256: string | undefined;
  /** The time of that check. */
  readonly checkedAt: Date | undefined;
  /** The code of the last check's failure. */
  readonly problem: string | undefined;
}

export const noShadow: ShadowStore = { shadow: undefined };

/** @throws Problem `not-ready` */
export function championOf({ champion }: ModelStore): LoadedModel {
  if (!champion) throw new Problem('not-ready', 'No model is loaded yet; try again in a moment.');
  return champion;
}

/**
 * Caches what `create` computes for a model as long as the model exists. For values in kernel
 * memory, which cannot be freed one by one.
 */
export function memoizePerModel<T>(create: (loaded: LoadedModel) => T): (loaded: LoadedModel) => T {
  const values = new WeakMap<LoadedModel, { readonly value: T }>();
  return loaded => {
    const entry = values.get(loaded) ?? { value: create(loaded) };
    values.set(loaded, entry);
    return entry.value;
  };
}
