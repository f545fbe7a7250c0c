// Commands that stand in for nn:train and nn:promote in tests, named by what they do.

import { fileURLToPath } from 'node:url';
import type { TrainerPrograms } from '../../src/trainer/assert-trainer-present.ts';

export type CommandName =
  | 'trains'
  | 'passes'
  | 'stops'
  | 'has-no-corrections'
  | 'crashes'
  | 'is-killed'
  | 'prints-text'
  | 'breaks-contract'
  | 'prints-endless-line'
  | 'waits'
  | 'will-not-end';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** @returns the path of a command in test/trainer/commands */
export function commandPath(name: CommandName): string {
  return pathOf(`./commands/${name}.ts`);
}

/** @returns these commands, with the real module that is preloaded */
export function fakeTrainer(train: CommandName, promote: CommandName = 'passes'): TrainerPrograms {
  return {
    root: pathOf('../../../..').replace(/\/$/, ''),
    train: [commandPath(train)],
    promote: [commandPath(promote)],
    background: pathOf('../../src/trainer/in-background.ts'),
  };
}
