// The children that stand in for apps/api in tests, by what they do.

import { fileURLToPath } from 'node:url';

export type ChildName =
  | 'listens'
  | 'fails'
  | 'refuses'
  | 'says-nothing'
  | 'hangs-up'
  | 'will-not-end';

/** @returns the main module of a child in test/service/children. */
export function childEntry(name: ChildName): string {
  return fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
}
