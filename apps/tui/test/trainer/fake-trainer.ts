// Commands that stand in for nn:train and nn:promote in tests, by what they do, and what they say.

import { fileURLToPath } from 'node:url';
import type { TrainerPaths } from '../../src/trainer/trainer-paths.ts';

export type CommandName =
  | 'trains'
  | 'passes'
  | 'stops'
  | 'has-nothing'
  | 'crashes'
  | 'is-killed'
  | 'babbles'
  | 'lies'
  | 'never-ends-a-line'
  | 'waits'
  | 'will-not-end';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** @returns the path of a command in test/learning/commands */
export function commandPath(name: CommandName): string {
  return pathOf(`./commands/${name}.ts`);
}

/** @returns a workshop with these commands and the real thing that is loaded before them */
export function fakeWorkshop(train: CommandName, promote: CommandName = 'passes'): TrainerPaths {
  return {
    root: pathOf('../../../..').replace(/\/$/, ''),
    train: commandPath(train),
    promote: commandPath(promote),
    preload: pathOf('../../src/trainer/in-background.ts'),
  };
}
