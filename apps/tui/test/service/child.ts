// The processes that stand in for apps/api in tests, named by what they do.

import { fileURLToPath } from 'node:url';

export type ChildName =
  | 'listens'
  | 'fails'
  | 'refuses'
  | 'says-nothing'
  | 'hangs-up'
  | 'will-not-end';

/** @returns the main module of a process in test/service/children */
export function childEntry(name: ChildName): string {
  return fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
}
