// What takes room in a model's memory, which is never given back.

import type { LoadedModel } from '@digits/nn';

/** @returns what `create` makes of a model, made when it is first asked for and kept while the model is */
export function memoizePerModel<T>(
  create: (champion: LoadedModel) => T,
): (champion: LoadedModel) => T {
  const made = new WeakMap<LoadedModel, { readonly value: T }>();
  return champion => {
    const known = made.get(champion) ?? { value: create(champion) };
    made.set(champion, known);
    return known.value;
  };
}
