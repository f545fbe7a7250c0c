// What takes room in a model's memory, which is never given back.

import type { Champion } from '@digits/nn';

/** @returns what `create` makes of a model, made when it is first asked for and kept while the model is */
export function memoizePerModel<T>(create: (champion: Champion) => T): (champion: Champion) => T {
  const made = new WeakMap<Champion, { readonly value: T }>();
  return champion => {
    const known = made.get(champion) ?? { value: create(champion) };
    made.set(champion, known);
    return known.value;
  };
}
