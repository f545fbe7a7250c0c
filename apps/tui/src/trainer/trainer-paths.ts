// Where the commands that learn lie in the workspace, which this app only ever starts as processes.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../app-error.ts';

export interface TrainerPaths {
  /** Absolute, without a slash at its end. */
  readonly root: string;
  readonly train: string;
  readonly promote: string;
  /** What is loaded before them. */
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

/** @throws AppError trainer-missing naming what is missing */
export function assertTrainerPresent({ train, promote, preload: background }: TrainerPaths): void {
  const missing = [train, promote, background].find(path => !existsSync(path));
  if (missing === undefined) return;
  const message = `${missing} is not there: learning needs the whole repository.`;
  throw new AppError('trainer-missing', message);
}
