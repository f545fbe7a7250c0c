// The model that answers. Routes ask for it anew on every request, so that it may change between
// two of them. How it is loaded and changed stands in watched-models.ts.
import type { Champion } from '@digits/nn';
import { Problem } from '../problems/problem.ts';

export interface ModelStore {
  /** null as long as there is no verified model. */
  readonly champion: Champion | null;
}

/** @throws Problem `not-ready` */
export function championOf({ champion }: ModelStore): Champion {
  if (!champion) throw new Problem('not-ready', 'No model is loaded yet; try again in a moment.');
  return champion;
}
