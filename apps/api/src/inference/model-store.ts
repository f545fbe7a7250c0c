// The model that answers, and the one beside it. Routes ask for them anew on every request, so that
// they may change between two. How they are loaded and changed stands in watched-model.ts.

import type { LoadedModel } from '@digits/nn';
import { Problem } from '../problem.ts';

export interface ModelStore {
  /** null as long as there is no verified model. */
  readonly champion: LoadedModel | null;
}

export interface ShadowStore {
  /** null where none is named, as long as it is not loaded, and while it is the champion. */
  readonly shadow: LoadedModel | null;
}

export const noShadow: ShadowStore = { shadow: null };

/** @throws Problem `not-ready` */
export function championOf({ champion }: ModelStore): LoadedModel {
  if (!champion) throw new Problem('not-ready', 'No model is loaded yet; try again in a moment.');
  return champion;
}
