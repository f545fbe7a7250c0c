// Paths of the trainer's commands in the workspace. The app starts them as processes and imports
// nothing of them.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../app-error.ts';

export interface TrainerPaths {
  /** The workspace: absolute, without a slash at its end. */
  readonly root: string;
  readonly train: string;
  readonly promote: string;
  /** The module that is loaded before them: see in-background.ts. */
  readonly preload: string;
}

/** @param root the workspace, which has apps/ and libs/ */
export function trainerPathsIn(root: string): TrainerPaths {
  return {
    root: resolve(root),
    train: join(root, 'libs/nn/cli/train/train.ts'),
    promote: join(root, 'libs/nn/cli/promote/promote.ts'),
    preload: join(root, 'apps/tui/src/trainer/in-background.ts'),
  };
}

/** @throws AppError `trainer-missing` naming the file that is missing */
export function assertTrainerPresent({ train, promote, preload }: TrainerPaths): void {
  const missing = [train, promote, preload].find(path => !existsSync(path));
  if (missing === undefined) return;
  const message = `${missing} does not exist: learning needs the whole repository.`;
  throw new AppError('trainer-missing', message);
}
